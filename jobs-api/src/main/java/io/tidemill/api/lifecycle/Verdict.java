package io.tidemill.api.lifecycle;

/** What a signal does to a task. */
public sealed interface Verdict {

    /** The task is now in that state. */
    record Moved(TaskState next) implements Verdict {}

    /** The report is current and changes no state; it renews the lease. */
    record Kept() implements Verdict {}

    /** The signal changes nothing, and this is why. */
    record Ignored(Reason reason) implements Verdict {}

    /** Why a signal changes nothing. */
    enum Reason {
        /** The same was said before, or something later was. */
        DUPLICATE,
        /** Another attempt, or another execution of this attempt, has taken its place. */
        SUPERSEDED,
        /** The task has ended. */
        ENDED,
        /** The task is not in a state where this can happen. */
        NOT_NOW
    }
}
