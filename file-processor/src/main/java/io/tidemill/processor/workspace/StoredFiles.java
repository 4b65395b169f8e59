package io.tidemill.processor.workspace;

import io.tidemill.contract.FileRef;
import io.tidemill.storage.ContentNotFoundException;
import io.tidemill.storage.ContentTooLargeException;
import io.tidemill.storage.FileStore;
import io.tidemill.storage.StoredContent;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import org.eclipse.microprofile.faulttolerance.Retry;

/**
 * Moves bytes between storage and a workspace. A hiccup of storage is bridged by two quick retries,
 * each from the file's beginning; whatever lasts longer is left to the next attempt. Around it
 * there is no circuit breaker, for failing faster would only use up attempts faster, and no time
 * limit, for an attempt has one and how long a large file takes is not known here.
 */
@Singleton
public class StoredFiles {
    private static final long MOST_AT_ONCE = 64 * 1024;
    private static final Set<StandardOpenOption> EMPTY_FILE =
            Set.of(
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE);

    private final FileStore store;

    public StoredFiles(FileStore store) {
        this.store = store;
    }

    /**
     * Copies a file's content to {@code target} and verifies it on the way.
     *
     * @throws ChecksumMismatchException when storage gives other bytes
     * @throws ContentNotFoundException when storage has nothing under that key
     * @throws InterruptedException when the calling thread was interrupted, at any byte
     */
    @Retry(
            maxRetries = 2,
            delay = 200,
            jitter = 100,
            retryOn = IOException.class,
            abortOn = {ContentNotFoundException.class, ChecksumMismatchException.class})
    public void fetch(FileRef ref, Path target) throws IOException, InterruptedException {
        MessageDigest digest = sha256();
        // One byte too many is enough to know, and cannot fill the disk.
        try (InputStream stored = store.open(ref.sha256(), 0, ref.size() + 1);
                InputStream bytes = new DigestInputStream(stored, digest);
                // Through a channel, because the streams of Files are deaf to interrupts.
                FileChannel file = FileChannel.open(target, EMPTY_FILE)) {
            copy(bytes, file, (int) Math.min(ref.size() + 1, MOST_AT_ONCE));
        } catch (ClosedByInterruptException _) {
            throw interrupted();
        }
        String found = HexFormat.of().formatHex(digest.digest());
        if (!found.equals(ref.sha256())) {
            throw new ChecksumMismatchException(ref.sha256(), found);
        }
    }

    /** In fewer calls than the streams of the JDK make. */
    private static void copy(InputStream from, FileChannel to, int atOnce) throws IOException {
        byte[] buffer = new byte[atOnce];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
            while (bytes.hasRemaining()) {
                to.write(bytes);
            }
        }
    }

    /**
     * Stores a file.
     *
     * @param name what its owner will call it
     * @throws ContentTooLargeException when it has more than {@code maxBytes}
     * @throws InterruptedException when the calling thread was interrupted, at any byte
     */
    @Retry(
            maxRetries = 2,
            delay = 200,
            jitter = 100,
            retryOn = IOException.class,
            abortOn = ContentTooLargeException.class)
    public StoredContent put(Path file, String name, long maxBytes)
            throws IOException, InterruptedException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return store.put(bytes, name, maxBytes);
        } catch (ClosedByInterruptException _) {
            throw interrupted();
        }
    }

    /** Channels tell an interrupt in their own way, as if it were a failure of the disk. */
    private static InterruptedException interrupted() {
        Thread.interrupted();
        return new InterruptedException("interrupted while moving bytes");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
