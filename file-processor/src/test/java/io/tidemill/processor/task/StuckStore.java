package io.tidemill.processor.task;

import io.tidemill.storage.FileStore;
import io.tidemill.storage.StoredContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/**
 * A store that hangs in the midst of a read, as one on a network may: it reads from a named pipe
 * until somebody writes into it.
 */
record StuckStore(FileStore store, Path pipe) implements FileStore {

    static Path pipe(Path folder) throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        if (new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() != 0) {
            throw new IOException("mkfifo failed");
        }
        return pipe;
    }

    @Override
    public StoredContent put(InputStream bytes, String name, long maxBytes) throws IOException {
        return store.put(bytes, name, maxBytes);
    }

    /** Opened both ways, so that opening itself does not wait for another. */
    @Override
    public InputStream open(String sha256, long offset, long length) throws IOException {
        return Channels.newInputStream(
                FileChannel.open(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE));
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
