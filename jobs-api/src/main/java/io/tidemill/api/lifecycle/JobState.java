package io.tidemill.api.lifecycle;

/**
 * Where a job, a step or a file within a job stands: a pure function of its tasks, never set. The
 * generated column {@code job.state} repeats it for queries; a test compares the two.
 */
public enum JobState {
    /** No task has begun. */
    QUEUED,
    /** Some tasks have begun, some are open. */
    RUNNING,
    /** All ended, none failed. */
    SUCCEEDED,
    /** All ended, some succeeded and some failed. */
    PARTIALLY_SUCCEEDED,
    /** All ended, none succeeded. */
    FAILED;

    /**
     * The state of something with these tasks.
     *
     * @param begun whether any of its tasks has ever begun
     */
    public static JobState of(Tally tally, boolean begun) {
        if (tally.open() > 0) {
            return begun ? RUNNING : QUEUED;
        }
        if (tally.failed() + tally.skipped() + tally.cancelled() == 0) {
            return SUCCEEDED;
        }
        return tally.succeeded() == 0 ? FAILED : PARTIALLY_SUCCEEDED;
    }

    public boolean ended() {
        return switch (this) {
            case QUEUED, RUNNING -> false;
            case SUCCEEDED, PARTIALLY_SUCCEEDED, FAILED -> true;
        };
    }
}
