package io.tidemill.local.process;

/**
 * Something the person at the keyboard can mend. Its line is all they get to see: it says what is
 * wrong and, where that is known, what to do.
 */
public final class LaunchException extends RuntimeException {
    private final String line;

    public LaunchException(String line) {
        super(line);
        this.line = line;
    }

    public LaunchException(String line, Throwable cause) {
        super(line, cause);
        this.line = line;
    }

    /** The message: one line, for people. */
    public String line() {
        return line;
    }
}
