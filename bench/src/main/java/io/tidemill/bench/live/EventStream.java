package io.tidemill.bench.live;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** A client of {@code GET …/events}. Reads on a thread of its own, until it is closed. */
final class EventStream implements AutoCloseable {
    private static final int SMALL = 256;

    /** Told of each event that has an id. */
    interface Listener {
        void event(String type, String id, Instant arrival);
    }

    private final Socket socket;
    private final AtomicInteger status = new AtomicInteger();
    private final AtomicInteger events = new AtomicInteger();

    private EventStream(Socket socket) {
        this.socket = socket;
    }

    /** Opens a stream; it has begun when {@link #begun} says so. */
    static EventStream open(URI replica, String path, String owner, Listener listener)
            throws IOException {
        Socket socket = new Socket(replica.getHost(), replica.getPort());
        socket.setReceiveBufferSize(SMALL * SMALL);
        String head =
                "GET %s HTTP/1.1\r\nHost: bench\r\nX-Tidemill-Owner: %s\r\nAccept: text/event-stream\r\n\r\n"
                        .formatted(path, owner);
        OutputStream out = socket.getOutputStream();
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        EventStream stream = new EventStream(socket);
        Thread.ofVirtual().start(() -> stream.read(listener));
        return stream;
    }

    /** Whether its first event, the snapshot, has come. */
    boolean begun() {
        return events.get() > 0;
    }

    /** Status of the answer; 0 before it has come. */
    int status() {
        return status.get();
    }

    /** The lines between events that tell the sizes of chunks look like nothing here. */
    private void read(Listener listener) {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8),
                        SMALL)) {
            status.set(Integer.parseInt(String.valueOf(lines.readLine()).split(" ", 3)[1]));
            String type = "";
            String id = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event:")) {
                    type = line.substring("event:".length()).strip();
                } else if (line.startsWith("id:")) {
                    id = line.substring("id:".length()).strip();
                } else if (line.startsWith("data:")) {
                    events.incrementAndGet();
                } else if (line.isEmpty() && !id.isEmpty()) {
                    listener.event(type, id, Instant.now());
                    id = "";
                }
            }
        } catch (IOException _) {
            // closed, by whomever
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
