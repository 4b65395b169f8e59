package io.tidemill.processor.operation;

import java.util.Optional;

/**
 * What an operation leaves for the attempt after this one, in case this one does not finish: text
 * that says where to go on, never what was made. It leaves with the next heartbeat, and at once
 * when the processor is drained; one that is lost costs work, never correctness.
 */
public interface Checkpoint {
    /** UTF-8 bytes of a checkpoint at most. */
    int MOST_BYTES = 4 * 1024;

    /** What an earlier attempt saved last, or this one since. */
    Optional<String> last();

    /**
     * Replaces what was saved; cheap, may be called from any thread.
     *
     * @throws IllegalArgumentException when the text has more than {@link #MOST_BYTES}
     */
    void save(String text);
}
