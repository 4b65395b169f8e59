package io.tidemill.storage;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/**
 * Keeps bytes under their SHA-256. Content is immutable: the same bytes are stored once, whoever
 * brings them. All calls block and stream; none holds a whole file in memory. Safe for concurrent
 * use, also by several processes.
 */
public interface FileStore {

    /**
     * Stores everything the stream gives. What was acknowledged by returning survives a crash; a
     * call that throws leaves nothing visible.
     *
     * @param maxBytes more than this many bytes are refused
     * @throws ContentTooLargeException when the stream gives more than {@code maxBytes}
     * @throws IOException when the stream or the storage fails
     */
    StoredContent put(InputStream bytes, long maxBytes) throws IOException;

    /**
     * The stored bytes from {@code offset} on, {@code length} of them; the caller closes the
     * stream.
     *
     * @param offset 0 to the content's size
     * @param length bytes; reads end earlier where the content does
     * @throws ContentNotFoundException when nothing is stored under that key
     */
    InputStream open(String sha256, long offset, long length) throws IOException;

    /** All the stored bytes; the caller closes the stream. */
    default InputStream open(String sha256) throws IOException {
        return open(sha256, 0, Long.MAX_VALUE);
    }

    /** Whether something is stored under that key. */
    boolean contains(String sha256) throws IOException;

    /**
     * Removes content that nobody put, or put again, since the given time. A {@code put} of the
     * same bytes at the same moment wins: its content stays.
     *
     * @return whether the content is gone
     */
    boolean removeUnlessPutSince(String sha256, Instant time) throws IOException;
}
