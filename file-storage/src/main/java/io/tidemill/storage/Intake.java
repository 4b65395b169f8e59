package io.tidemill.storage;

import io.tidemill.storage.type.MediaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Takes arriving bytes in with one pass and a fixed buffer: passes them on, and learns their hash,
 * size and media type. Every store uses it, so all agree on what they took in.
 */
public final class Intake {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final MessageDigest sha256 = sha256();
    private final byte[] head = new byte[MediaTypes.HEAD_BYTES];
    private long size;

    private Intake() {}

    /**
     * Copies the stream to its end.
     *
     * @param name see {@link FileStore#put(InputStream, String, long)}
     * @throws ContentTooLargeException as soon as there are more than {@code maxBytes}
     */
    public static StoredContent copy(
            InputStream from, WritableByteChannel to, String name, long maxBytes)
            throws IOException {
        Intake intake = new Intake();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            if (read > maxBytes - intake.size) {
                throw new ContentTooLargeException(maxBytes);
            }
            intake.learn(buffer, read);
            write(to, ByteBuffer.wrap(buffer, 0, read));
        }
        return intake.content(name);
    }

    private void learn(byte[] buffer, int read) {
        sha256.update(buffer, 0, read);
        if (size < head.length) {
            System.arraycopy(buffer, 0, head, (int) size, Math.min(read, head.length - (int) size));
        }
        size += read;
    }

    private static void write(WritableByteChannel to, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }

    private StoredContent content(String name) {
        byte[] first = Arrays.copyOf(head, (int) Math.min(size, head.length));
        String mediaType = MediaTypes.detect(first, size, name);
        return new StoredContent(HexFormat.of().formatHex(sha256.digest()), size, mediaType);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
