package io.tidemill.api.scenario;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A client of Server-Sent Events that shows the bare bytes: it reads only when a test asks it. */
final class EventSource implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int SMALL = 64 * 1024;

    private final Socket socket;
    private final BufferedReader in;
    final int status;
    final Map<String, String> headers;
    private long left;
    private int pings;

    /** An event as it came. */
    record Event(@Nullable String id, String name, String data) {
        JsonPath json() {
            return JsonPath.from(data);
        }

        long sequence() {
            return json().getLong("sequence");
        }

        boolean isProgress() {
            return name.equals("progress");
        }
    }

    private EventSource(Socket socket) throws IOException {
        this.socket = socket;
        this.in =
                new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8),
                        SMALL);
        this.status = Integer.parseInt(line().split(" ")[1]);
        this.headers = new TreeMap<>();
        for (String field = line(); !field.isEmpty(); field = line()) {
            String[] parts = field.split(": ", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
        }
    }

    static EventSource open(Caller caller, String path, String... fields) {
        try {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(SMALL);
            socket.connect(new InetSocketAddress("localhost", RestAssured.port));
            socket.setSoTimeout(PATIENCE_MILLIS);
            StringBuilder head =
                    new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n")
                            .append("Accept: text/event-stream\r\n")
                            .append("X-Tidemill-Owner: " + caller.owner() + "\r\n");
            for (String field : fields) {
                head.append(field).append("\r\n");
            }
            socket.getOutputStream()
                    .write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            return new EventSource(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static EventSource ofJob(Caller caller, String job) {
        return open(caller, "/v1/jobs/" + job + "/events");
    }

    static EventSource ofJob(Caller caller, String job, String after) {
        return open(caller, "/v1/jobs/" + job + "/events", "Last-Event-ID: " + after);
    }

    /** The next event; null when the stream has ended in good order. */
    @Nullable Event next() {
        try {
            return read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable Event read() throws IOException {
        String id = null;
        String name = "message";
        String data = null;
        for (String line = streamed(); line != null; line = streamed()) {
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            } else if (line.isEmpty() && data != null) {
                return new Event(id, name, data);
            }
        }
        return null;
    }

    /** The next one that is no progress. */
    @Nullable Event nextChange() {
        Event event = next();
        while (event != null && event.isProgress()) {
            event = next();
        }
        return event;
    }

    Event must() {
        Event event = next();
        if (event == null) {
            throw new AssertionError("the stream has ended");
        }
        return event;
    }

    /** All up to one that is as wanted, with it. */
    List<Event> until(Predicate<Event> wanted) {
        List<Event> events = new ArrayList<>();
        do {
            events.add(must());
        } while (!wanted.test(events.getLast()));
        return events;
    }

    /** All that still come, but for progress. */
    List<Event> rest() {
        List<Event> events = new ArrayList<>();
        for (Event event = nextChange(); event != null; event = nextChange()) {
            events.add(event);
        }
        return events;
    }

    /** Reads until the server has shown that it is alive. */
    void awaitPing() {
        int before = pings;
        try {
            while (pings == before) {
                if (streamed() == null) {
                    throw new AssertionError("the stream has ended");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line of the stream, out of the chunks of HTTP; null at its end. */
    private @Nullable String streamed() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            if (left == 0 && !nextChunk()) {
                return null;
            }
            int next = in.read();
            left -= Character.toString(next).getBytes(StandardCharsets.UTF_8).length;
            if (left == 0) {
                line();
            }
            if (next == '\n') {
                pings += line.toString().equals(": ping") ? 1 : 0;
                return line.toString();
            }
            line.append((char) next);
        }
    }

    private boolean nextChunk() throws IOException {
        left = Long.parseLong(line(), 16);
        return left > 0;
    }

    private String line() throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw new IOException("hung up");
        }
        return line;
    }

    String body() {
        try {
            char[] body = new char[Integer.parseInt(headers.getOrDefault("content-length", "0"))];
            int read = 0;
            while (read < body.length) {
                read += in.read(body, read, body.length - read);
            }
            return new String(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
