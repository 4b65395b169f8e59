package io.tidemill.bench.throughput;

import io.tidemill.bench.standing.ApiClient;
import io.tidemill.local.process.LaunchException;
import io.tidemill.local.process.Wait;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Large files on their way to the API, all at once, as fast as they are taken. */
final class LargeUploads implements AutoCloseable {
    private static final int MEGABYTE = 1_000_000;
    private static final int CHUNK = 64_000;
    private static final int PATIENCE_MILLIS = 600_000;

    private final URI root;
    private final int megabytes;
    private final long begin = System.nanoTime();
    private final AtomicLong end = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();

    /** Begins them. */
    LargeUploads(URI root, int count, int megabytes) {
        this.root = root;
        this.megabytes = megabytes;
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofVirtual().start(this::upload));
        }
    }

    /** Over a socket of its own: none of it is kept in memory. */
    private void upload() {
        String head =
                """
                POST /v1/files HTTP/1.1\r
                Host: %s\r
                X-Tidemill-Owner: %s\r
                Content-Type: application/octet-stream\r
                Content-Length: %d\r
                Connection: close\r
                \r
                """
                        .formatted(
                                root.getAuthority(), ApiClient.OWNER, (long) megabytes * MEGABYTE);
        try (Socket socket = new Socket(root.getHost(), root.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            send(out);
            byte[] answer = socket.getInputStream().readNBytes("HTTP/1.1 201".length());
            String status = new String(answer, StandardCharsets.US_ASCII);
            if (!status.endsWith(" 201")) {
                failed(status);
            }
        } catch (IOException e) {
            failed(String.valueOf(e));
        }
        end.accumulateAndGet(System.nanoTime() - begin, Math::max);
    }

    /** No two files are alike, or the second would not be stored. */
    private void send(OutputStream out) throws IOException {
        UUID id = UUID.randomUUID();
        byte[] chunk = new byte[CHUNK];
        ByteBuffer.wrap(chunk)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        long left = (long) megabytes * MEGABYTE;
        for (; left > 0; left -= CHUNK) {
            out.write(chunk, 0, (int) Math.min(left, CHUNK));
        }
    }

    private synchronized void failed(String why) {
        wrong.add(why);
    }

    boolean isDone() {
        return threads.stream().noneMatch(Thread::isAlive);
    }

    /** All of them together, when they are done. */
    double megabytesPerSecond() {
        return megabytes * threads.size() / (end.get() / 1e9);
    }

    /**
     * Returns when all have ended.
     *
     * @throws LaunchException if one was not stored
     */
    @Override
    public void close() {
        Wait.until(Duration.ofMillis(PATIENCE_MILLIS), this::isDone);
        synchronized (this) {
            if (!isDone() || !wrong.isEmpty()) {
                throw new LaunchException("uploads failed: " + wrong);
            }
        }
    }
}
