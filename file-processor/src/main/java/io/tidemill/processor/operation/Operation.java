package io.tidemill.processor.operation;

import java.io.IOException;

/**
 * A kind of work on one file. Instances are shared by all slots and must be safe for concurrent
 * use.
 */
public interface Operation {

    /** The name in its descriptor. */
    String name();

    /**
     * Which engine does the work here, found out once at start; never throws because an engine is
     * missing.
     */
    Engine engine();

    /**
     * Does the work. Runs on a virtual thread and may block; an interrupt means stop at once, and
     * every child process must be gone when this returns or throws.
     *
     * @throws IOException when a disk or a service fails; becomes a transient failure
     * @throws InterruptedException when the attempt was stopped
     */
    Outcome run(Attempt attempt) throws IOException, InterruptedException;
}
