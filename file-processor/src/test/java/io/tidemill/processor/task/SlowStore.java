package io.tidemill.processor.task;

import io.tidemill.storage.FileStore;
import io.tidemill.storage.StoredContent;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * A store on which one file is so large that moving it never ends; in one direction, the other
 * works as always.
 *
 * @param moving opened when the first bytes have moved
 */
record SlowStore(FileStore store, CountDownLatch moving, boolean reads) implements FileStore {
    private static final Path ENDLESS = Path.of("/dev/zero");

    @Override
    public StoredContent put(InputStream bytes, String name, long maxBytes) throws IOException {
        if (reads) {
            return store.put(bytes, name, maxBytes);
        }
        try (InputStream endless = endless()) {
            return store.put(endless, name, Long.MAX_VALUE);
        }
    }

    @Override
    public InputStream open(String sha256, long offset, long length) throws IOException {
        return reads ? endless() : store.open(sha256, offset, length);
    }

    private InputStream endless() throws IOException {
        return new FilterInputStream(Files.newInputStream(ENDLESS)) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = super.read(buffer, offset, length);
                moving.countDown();
                // Deaf to interrupts, as a disk is.
                LockSupport.parkNanos(1_000_000);
                return read;
            }
        };
    }

    @Override
    public boolean contains(String sha256) throws IOException {
        return store.contains(sha256);
    }

    @Override
    public boolean removeUnlessPutSince(String sha256, Instant time) throws IOException {
        return store.removeUnlessPutSince(sha256, time);
    }
}
