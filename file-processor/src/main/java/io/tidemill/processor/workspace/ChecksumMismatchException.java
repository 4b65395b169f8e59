package io.tidemill.processor.workspace;

import java.io.IOException;

/** The bytes read from storage are not the bytes that were stored. */
public final class ChecksumMismatchException extends IOException {
    private static final long serialVersionUID = 1L;

    ChecksumMismatchException(String expected, String found) {
        super("expected sha-256 " + expected + ", read " + found);
    }
}
