package io.tidemill.api.lifecycle;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where a job, a step or a file within a job stands: a pure function of its tasks and of what is
 * wanted of it, never set. The generated column {@code job.state} repeats it for queries; a test
 * compares the two.
 */
public enum JobState {
    /** Waits for its time. */
    SCHEDULED,
    /** No task has begun. */
    QUEUED,
    /** Some tasks have begun, some are open. */
    RUNNING,
    /** No further task begins until it is resumed; what runs may end. */
    PAUSED,
    /** Its open tasks are being stopped. */
    CANCELLING,
    /** All ended, none failed. */
    SUCCEEDED,
    /** All ended, some succeeded and some failed. */
    PARTIALLY_SUCCEEDED,
    /** All ended, none succeeded; or more failed than its policy allows. */
    FAILED,
    /** Stopped on request before all its tasks had ended. */
    CANCELLED,
    /** Stopped by its deadline before all its tasks had ended. */
    EXPIRED;

    /** The state of a step or file, of which nothing is wanted but what is wanted of its job. */
    public static JobState of(Tally tally, boolean begun) {
        return of(tally, begun, JobWishes.NONE);
    }

    /**
     * The state of something with these tasks.
     *
     * @param begun whether any of its tasks has ever begun
     */
    public static JobState of(Tally tally, boolean begun, JobWishes wishes) {
        return tally.open() > 0 ? open(begun, wishes) : ended(tally, wishes);
    }

    private static JobState open(boolean begun, JobWishes wishes) {
        if (wishes.stop() != null) {
            return CANCELLING;
        }
        if (wishes.paused()) {
            return PAUSED;
        }
        if (begun) {
            return RUNNING;
        }
        return wishes.scheduled() ? SCHEDULED : QUEUED;
    }

    private static JobState ended(Tally tally, JobWishes wishes) {
        if (tally.cancelled() > 0 && wishes.stop() != null) {
            return switch (wishes.stop()) {
                case CANCELLED -> CANCELLED;
                case DEADLINE_EXCEEDED -> EXPIRED;
                case FAILURE_LIMIT_REACHED -> FAILED;
            };
        }
        if (tally.failed() + tally.skipped() + tally.cancelled() == 0) {
            return SUCCEEDED;
        }
        if (tally.succeeded() > 0) {
            return PARTIALLY_SUCCEEDED;
        }
        return tally.failed() == 0 && tally.cancelled() > 0 ? CANCELLED : FAILED;
    }

    public boolean ended() {
        return switch (this) {
            case SCHEDULED, QUEUED, RUNNING, PAUSED, CANCELLING -> false;
            case SUCCEEDED, PARTIALLY_SUCCEEDED, FAILED, CANCELLED, EXPIRED -> true;
        };
    }

    /**
     * What may be wanted of a job in this state. Wanting once more what is so already is allowed,
     * too, and changes nothing.
     */
    public Set<JobWish> allowed() {
        return switch (this) {
            case SCHEDULED, QUEUED, RUNNING, PAUSED ->
                    EnumSet.of(JobWish.CANCEL, JobWish.PAUSE, JobWish.RESUME, JobWish.RETRY);
            case CANCELLING -> EnumSet.of(JobWish.CANCEL);
            case SUCCEEDED -> EnumSet.of(JobWish.DELETE);
            case CANCELLED -> EnumSet.of(JobWish.CANCEL, JobWish.RETRY, JobWish.DELETE);
            case PARTIALLY_SUCCEEDED, FAILED, EXPIRED -> EnumSet.of(JobWish.RETRY, JobWish.DELETE);
        };
    }
}
