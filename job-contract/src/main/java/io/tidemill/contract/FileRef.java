package io.tidemill.contract;

/**
 * A stored file, by reference: messages never carry bytes.
 *
 * @param name the file's name as its owner knows it; for display only, never a path
 * @param mediaType detected from the content, for example {@code image/jpeg}
 * @param size bytes, 0 or more
 * @param sha256 64 lower-case hex digits; also the key under which storage keeps the bytes
 */
public record FileRef(String name, String mediaType, long size, String sha256) {
    public FileRef {
        if (size < 0) {
            throw new IllegalArgumentException("size must not be negative: " + size);
        }
        if (sha256.length() != 64) {
            throw new IllegalArgumentException("sha256 must have 64 hex digits: " + sha256);
        }
    }
}
