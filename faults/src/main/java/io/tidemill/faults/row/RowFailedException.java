package io.tidemill.faults.row;

/** Something that must hold while a fault lasts did not. */
public final class RowFailedException extends RuntimeException {
    public RowFailedException(String message) {
        super(message);
    }
}
