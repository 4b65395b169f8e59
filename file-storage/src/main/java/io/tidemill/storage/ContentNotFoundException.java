package io.tidemill.storage;

import java.io.IOException;

/** Nothing is stored under that key. */
public final class ContentNotFoundException extends IOException {
    private static final long serialVersionUID = 1L;

    public ContentNotFoundException(String sha256) {
        super("no content stored under " + sha256);
    }
}
