package io.tidemill.local.process;

/** A program that serves others, and that can be started again after it died. */
public interface Service {
    /** Short and unique, for example {@code jobs-api-2}. */
    String name();

    /** Starts the process and returns at once. */
    Child start();

    /**
     * Returns when the process serves.
     *
     * @throws LaunchException if it ended instead, or took too long
     */
    void awaitReady(Child child);
}
