package io.tidemill.processor.tool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Reads what a child prints, as fast as it prints, and keeps only the first and the last 64 KiB: a
 * child that prints without end neither blocks nor fills the memory.
 */
public final class BoundedOutput {
    public static final int KEPT_AT_EACH_END = 64 * 1024;

    private final InputStream source;
    private final Thread reader;
    private final byte[] first = new byte[KEPT_AT_EACH_END];
    private final byte[] last = new byte[KEPT_AT_EACH_END];
    private long count;

    private BoundedOutput(InputStream source) {
        this.source = source;
        // A platform thread, because reading a pipe blocks the thread that carries a virtual one.
        this.reader = Thread.ofPlatform().daemon().name("child-output").unstarted(this::drain);
    }

    /** Starts to read {@code source} until its end. */
    public static BoundedOutput of(InputStream source) {
        BoundedOutput output = new BoundedOutput(source);
        output.reader.start();
        return output;
    }

    /** Bytes printed so far, kept or not. */
    public synchronized long count() {
        return count;
    }

    /** What was printed; a line in the middle tells how many bytes were left out. */
    public synchronized String text() {
        int head = (int) Math.min(count, KEPT_AT_EACH_END);
        String start = new String(first, 0, head, StandardCharsets.UTF_8);
        long rest = count - head;
        if (rest <= KEPT_AT_EACH_END) {
            return start + new String(last, 0, (int) rest, StandardCharsets.UTF_8);
        }
        int split = (int) (rest % KEPT_AT_EACH_END);
        return "%s%n[%d bytes left out]%n%s%s"
                .formatted(
                        start,
                        rest - KEPT_AT_EACH_END,
                        new String(last, split, KEPT_AT_EACH_END - split, StandardCharsets.UTF_8),
                        new String(last, 0, split, StandardCharsets.UTF_8));
    }

    /** Waits for the end of the output, but not for ever: a runaway may hold the pipe open. */
    void awaitEnd(Duration patience) throws InterruptedException {
        if (!reader.join(patience)) {
            reader.interrupt();
        }
    }

    private void drain() {
        byte[] buffer = new byte[8 * 1024];
        try (source) {
            for (int n = source.read(buffer); n >= 0; n = source.read(buffer)) {
                keep(buffer, n);
            }
        } catch (IOException _) {
            return; // The child is gone; what it printed before is kept.
        }
    }

    private synchronized void keep(byte[] buffer, int length) {
        int head = Math.clamp(KEPT_AT_EACH_END - count, 0, length);
        System.arraycopy(buffer, 0, first, (int) Math.min(count, KEPT_AT_EACH_END), head);
        count += head;
        for (int i = head; i < length; i++) {
            last[(int) ((count - KEPT_AT_EACH_END) % KEPT_AT_EACH_END)] = buffer[i];
            count++;
        }
    }
}
