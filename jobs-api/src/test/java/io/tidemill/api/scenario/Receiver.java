package io.tidemill.api.scenario;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.restassured.path.json.JsonPath;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands where a user's server stands, on a socket of its own, and answers as a test wants it to:
 * well, badly, or not at all.
 */
final class Receiver implements AutoCloseable {
    static final Behaviour WELL = answers("HTTP/1.1 204 No Content\r\n\r\n");

    /** What it does with a request it has read; the connection is closed after that. */
    interface Behaviour {
        void answer(OutputStream out) throws IOException, InterruptedException;
    }

    /** What was sent to it. */
    record Received(String line, Map<String, String> headers, String body) {
        JsonPath json() {
            return JsonPath.from(body);
        }

        String id() {
            return headers.getOrDefault("webhook-id", "");
        }
    }

    private final ServerSocket server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Behaviour behaviour;

    Receiver(Behaviour behaviour) {
        this.behaviour = behaviour;
        try {
            server = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    static Behaviour answers(String text) {
        return out -> out.write(text.getBytes(ISO_8859_1));
    }

    static Behaviour status(int status) {
        return answers("HTTP/1.1 " + status + " As Told\r\nContent-Length: 0\r\n\r\n");
    }

    void nowDoes(Behaviour other) {
        behaviour = other;
    }

    int port() {
        return server.getLocalPort();
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/hook";
    }

    List<Received> received() {
        return received;
    }

    /** Connections it has not finished with. */
    int open() {
        return open.size();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                // closed by the test
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            received.add(read(new DataInputStream(socket.getInputStream())));
            behaviour.answer(socket.getOutputStream());
            socket.getOutputStream().flush();
        } catch (IOException _) {
            // the other side has had enough
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    @SuppressWarnings("deprecation") // readLine reads bytes as ISO 8859-1, as HTTP has it
    private static Received read(DataInputStream in) throws IOException {
        String line = in.readLine();
        Map<String, String> headers = new TreeMap<>();
        for (String field = in.readLine();
                field != null && !field.isEmpty();
                field = in.readLine()) {
            int colon = field.indexOf(':');
            headers.merge(
                    field.substring(0, colon).toLowerCase(Locale.ROOT),
                    field.substring(colon + 1).strip(),
                    (one, two) -> one + ", " + two);
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Received(
                String.valueOf(line), headers, new String(in.readNBytes(length), UTF_8));
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
