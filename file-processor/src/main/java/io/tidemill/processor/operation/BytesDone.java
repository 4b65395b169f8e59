package io.tidemill.processor.operation;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Tells how much of a file has gone through, such as {@code 12 of 40 MB}, whenever that is another
 * percent. For one thread.
 */
public final class BytesDone {
    private static final long KILOBYTE = 1_000;
    private static final long MEGABYTE = 1_000_000;

    private final Progress progress;
    private final long total;
    private long done;
    private int told = -1;

    /** Tells that nothing is done yet. */
    public BytesDone(Progress progress, long total) {
        this.progress = progress;
        this.total = total;
        add(0);
    }

    public void add(long bytes) {
        done += bytes;
        int percent = total > 0 ? (int) Math.min(100, done * 100 / total) : 0;
        if (percent > told) {
            told = percent;
            progress.report(Math.min(percent, 99), activity());
        }
    }

    /** The same stream; what is read from it counts as done. */
    public InputStream reading(InputStream source) {
        return new FilterInputStream(source) {
            @Override
            public int read() throws IOException {
                int read = super.read();
                add(read < 0 ? 0 : 1);
                return read;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = super.read(buffer, offset, length);
                add(Math.max(0, read));
                return read;
            }
        };
    }

    private String activity() {
        boolean large = total >= MEGABYTE;
        long unit = large ? MEGABYTE : KILOBYTE;
        long all = Math.ceilDiv(total, unit);
        long part = done < total ? done / unit : all;
        return "%d of %d %s".formatted(part, all, large ? "MB" : "KB");
    }
}
