package io.tidemill.processor.operation;

/** Takes an operation's progress; cheap, may be called often and from any thread. */
@FunctionalInterface
public interface Progress {
    /**
     * @param percent 0 to 99
     * @param activity for people, such as {@code page 3 of 10}
     */
    void report(int percent, String activity);
}
