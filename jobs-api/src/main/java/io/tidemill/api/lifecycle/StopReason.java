package io.tidemill.api.lifecycle;

import io.tidemill.contract.ErrorClass;
import io.tidemill.contract.Failure;

/** Why the open tasks of a job were cancelled. */
public enum StopReason {
    /** Somebody asked for it. */
    CANCELLED("It was cancelled. Retry the job to run it after all."),
    /** The job was not done by its deadline. */
    DEADLINE_EXCEEDED(
            "The job's deadline had passed. Retry the job, or submit it with a later deadline."),
    /** More tasks failed than the job's failure policy allows. */
    FAILURE_LIMIT_REACHED(
            "More tasks of the job failed than its failure policy allows. Mend those, then retry the job.");

    private final String detail;

    StopReason(String detail) {
        this.detail = detail;
    }

    /** What a task that was cancelled for this reason is told. */
    public Failure failure() {
        return new Failure(name(), ErrorClass.PERMANENT, detail);
    }
}
