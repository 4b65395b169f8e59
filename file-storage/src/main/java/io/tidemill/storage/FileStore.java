package io.tidemill.storage;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/**
 * Keeps bytes under their SHA-256. Content is immutable: the same bytes are stored once, whoever
 * brings them. All calls block and stream; none holds a whole file in memory. Safe for concurrent
 * use, also by several processes. A key that is not 64 lower-case hex digits is an {@link
 * IllegalArgumentException}.
 */
public interface FileStore {

    /**
     * Stores everything the stream gives, up to its end; the caller closes the stream. What was
     * acknowledged by returning survives a crash; a call whose stream fails or gives too much
     * leaves nothing visible.
     *
     * @param name what the owner calls the file, or empty. It never becomes part of a path and only
     *     tells plain text from CSV where the bytes leave that open
     * @param maxBytes more than this many bytes are refused; 0 or more
     * @throws ContentTooLargeException when the stream gives more than {@code maxBytes}
     * @throws IOException when the stream or the storage fails
     */
    StoredContent put(InputStream bytes, String name, long maxBytes) throws IOException;

    /** Stores bytes whose name is not known or does not matter. */
    default StoredContent put(InputStream bytes, long maxBytes) throws IOException {
        return put(bytes, "", maxBytes);
    }

    /**
     * The stored bytes from {@code offset} on, {@code length} of them; the caller closes the
     * stream. A stream once opened reads to its end even when the content is removed meanwhile.
     *
     * @param offset bytes, 0 or more; from the content's end on, the stream is empty
     * @param length bytes, 0 or more; reads end earlier where the content does
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
     * @param time far enough in the past to outweigh the differences between the clocks involved
     *     and the time from a {@code put} to the reference that justifies it; a day is usual
     * @return whether the content is gone
     */
    boolean removeUnlessPutSince(String sha256, Instant time) throws IOException;
}
