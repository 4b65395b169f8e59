package io.tidemill.api.estimate;

/** Why an open task does not run. */
public enum WaitReason {
    NEEDED_STEP,
    QUEUE,
    BACKOFF,
    PAUSED,
    SCHEDULED,
    CIRCUIT_OPEN,
    NO_PROCESSOR,
    /** As many tasks of its owner, operation or task queue are with processors as may be. */
    CONCURRENCY_LIMIT,
    /** A rate of its operation has no token. */
    RATE_LIMIT;

    /** Whether it ends without anybody's doing, so that its end can be foreseen. */
    boolean endsByItself() {
        return switch (this) {
            case QUEUE, BACKOFF, SCHEDULED, CIRCUIT_OPEN, CONCURRENCY_LIMIT, RATE_LIMIT -> true;
            case NEEDED_STEP, PAUSED, NO_PROCESSOR -> false;
        };
    }
}
