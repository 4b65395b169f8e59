package io.tidemill.processor.task;

import io.tidemill.storage.ContentNotFoundException;
import io.tidemill.storage.FileStore;
import io.tidemill.storage.StoredContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/** A minimal store. */
record FolderStore(Path root) implements FileStore {

    @Override
    public StoredContent put(InputStream bytes, long maxBytes) throws IOException {
        byte[] all = bytes.readAllBytes();
        String key = sha256(all);
        Files.write(root.resolve(key), all);
        return new StoredContent(key, all.length, "text/plain");
    }

    @Override
    public InputStream open(String sha256, long offset, long length) throws IOException {
        if (!contains(sha256)) {
            throw new ContentNotFoundException(sha256);
        }
        return new ByteArrayInputStream(Files.readAllBytes(root.resolve(sha256)));
    }

    @Override
    public boolean contains(String sha256) {
        return Files.exists(root.resolve(sha256));
    }

    @Override
    public boolean removeUnlessPutSince(String sha256, Instant time) throws IOException {
        return Files.deleteIfExists(root.resolve(sha256));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
