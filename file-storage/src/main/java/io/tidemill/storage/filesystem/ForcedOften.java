package io.tidemill.storage.filesystem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * Has what is written brought to the disk every few megabytes, so that little is left to do at the
 * end: many large files that end together would hold up whoever else waits for the disk, such as
 * the database, for seconds.
 */
final class ForcedOften implements WritableByteChannel {
    /** Bytes that are written between. */
    static final long PIECE = 8 * 1024 * 1024;

    private final WritableByteChannel file;
    private final Forcing forcing;
    private long unforced;

    /** As {@link java.nio.channels.FileChannel#force} does it. */
    interface Forcing {
        void force() throws IOException;
    }

    /** Closing it leaves the file open. */
    ForcedOften(WritableByteChannel file, Forcing forcing) {
        this.file = file;
        this.forcing = forcing;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        int written = file.write(bytes);
        unforced += written;
        if (unforced >= PIECE) {
            forcing.force();
            unforced = 0;
        }
        return written;
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    @Override
    public void close() {}
}
