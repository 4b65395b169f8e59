package io.tidemill.storage;

/**
 * What a store knows about content it has just taken in.
 *
 * @param sha256 64 lower-case hex digits
 * @param size bytes
 * @param mediaType detected from the first 64 KiB, {@code application/octet-stream} when unknown;
 *     {@code application/x-empty} for no bytes
 */
public record StoredContent(String sha256, long size, String mediaType) {
    public StoredContent {
        ContentKeys.require(sha256);
        if (size < 0) {
            throw new IllegalArgumentException("size must not be negative: " + size);
        }
    }
}
