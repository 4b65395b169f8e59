package io.tidemill.processor.workspace;

import io.tidemill.storage.FileStore;
import io.tidemill.storage.StoredContent;
import io.tidemill.storage.filesystem.FilesystemStore;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes the place of the store in the tests of guards: the next few calls break off half-way. */
@Alternative
@Priority(1)
@Singleton
class FlakyStore implements FileStore {
    final AtomicInteger failing = new AtomicInteger();
    final AtomicInteger calls = new AtomicInteger();
    private final FileStore store;

    FlakyStore() throws IOException {
        Path target = Files.createDirectories(Path.of("target"));
        this.store = new FilesystemStore(Files.createTempDirectory(target, "flaky"));
    }

    @Override
    public StoredContent put(InputStream bytes, String name, long maxBytes) throws IOException {
        calls.incrementAndGet();
        return failing.getAndDecrement() > 0
                ? store.put(new SequenceInputStream(bytes, new Broken()), name, maxBytes)
                : store.put(bytes, name, maxBytes);
    }

    @Override
    public InputStream open(String sha256, long offset, long length) throws IOException {
        calls.incrementAndGet();
        return failing.getAndDecrement() > 0
                ? new SequenceInputStream(store.open(sha256, offset, 4), new Broken())
                : store.open(sha256, offset, length);
    }

    @Override
    public boolean contains(String sha256) throws IOException {
        return store.contains(sha256);
    }

    @Override
    public boolean removeUnlessPutSince(String sha256, Instant time) throws IOException {
        return store.removeUnlessPutSince(sha256, time);
    }

    private static final class Broken extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("the disk is gone");
        }
    }
}
