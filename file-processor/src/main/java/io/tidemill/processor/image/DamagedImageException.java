package io.tidemill.processor.image;

import java.io.IOException;

/** The header of an image ends too early or contradicts itself. */
public final class DamagedImageException extends IOException {
    private static final long serialVersionUID = 1L;

    public DamagedImageException(String message) {
        super(message);
    }
}
