package io.tidemill.api.receiver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.restassured.path.json.JsonPath;
import io.tidemill.local.process.Wait;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/**
 * Stands where a user's server stands, on a socket of its own, and answers as a test wants it to:
 * well, badly, or not at all.
 */
public final class Receiver implements AutoCloseable {
    public static final Behaviour WELL = answers("HTTP/1.1 204 No Content\r\n\r\n");

    /** Says nothing until the other side has left. */
    public static final Behaviour HANGS = (request, _) -> request.awaitEnd();

    /** What it does with a request it has read; the connection is closed after that. */
    public interface Behaviour {
        void answer(Received request, OutputStream out) throws IOException, InterruptedException;
    }

    /** What was sent to it. */
    public record Received(
            String line, Map<String, String> headers, String body, InputStream rest) {

        /** Waits until the other side has closed the connection. */
        void awaitEnd() throws IOException {
            rest.transferTo(OutputStream.nullOutputStream());
        }

        public JsonPath json() {
            return JsonPath.from(body);
        }

        public String id() {
            return headers.getOrDefault("webhook-id", "");
        }
    }

    private static final int BACKLOG = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ServerSocket server;
    private final Thread accepting;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private volatile Behaviour behaviour;

    public Receiver(Behaviour behaviour) {
        this(ServerSocketFactory.getDefault(), behaviour);
    }

    /** One behind sockets of that kind. */
    public Receiver(ServerSocketFactory sockets, Behaviour behaviour) {
        this.behaviour = behaviour;
        try {
            server = sockets.createServerSocket(0, BACKLOG, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        accepting = Thread.ofVirtual().start(this::accept);
    }

    public static Behaviour answers(String text) {
        return (_, out) -> out.write(text.getBytes(ISO_8859_1));
    }

    public static Behaviour status(int status) {
        return answers("HTTP/1.1 " + status + " As Told\r\nContent-Length: 0\r\n\r\n");
    }

    public void nowDoes(Behaviour other) {
        behaviour = other;
        mostOpen.set(0);
    }

    public int port() {
        return server.getLocalPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port() + "/hook";
    }

    public List<Received> received() {
        return received;
    }

    /** How often somebody connected. */
    public int connections() {
        return connections.get();
    }

    /** How many were connected at once, at most, since it last began to behave as it does. */
    public int mostOpen() {
        return mostOpen.get();
    }

    /** Waits until it is done with everybody, because they have left or were answered. */
    public void awaitNoneOpen() {
        if (!Wait.until(PATIENCE, open::isEmpty)) {
            throw new AssertionError(open.size() + " connections are still open");
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                connections.incrementAndGet();
                mostOpen.accumulateAndGet(open.size(), Math::max);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                // closed by the test
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Received request = read(new DataInputStream(socket.getInputStream()));
            received.add(request);
            behaviour.answer(request, socket.getOutputStream());
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
                String.valueOf(line), headers, new String(in.readNBytes(length), UTF_8), in);
    }

    /** Until nobody waits for connections any more, the system may still take one. */
    @Override
    public void close() {
        try {
            server.close();
            accepting.join();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
