package io.tidemill.storage;

import java.io.IOException;

/** The stream gave more bytes than the caller allows. */
public final class ContentTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;
    private final long maxBytes;

    public ContentTooLargeException(long maxBytes) {
        super("more than " + maxBytes + " bytes");
        this.maxBytes = maxBytes;
    }

    /** The limit that was passed. */
    public long maxBytes() {
        return maxBytes;
    }
}
