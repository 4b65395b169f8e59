package io.tidemill.faults.check;

/**
 * One thing that is not as it should be.
 *
 * @param what for people, with the ids needed to look closer
 */
public record Finding(Kind kind, String what) {
    /** What a finding counts as. */
    public enum Kind {
        LOST,
        DUPLICATED,
        STUCK,
        UNSTEADY,
        OVER_LIMIT,
        CHECKSUM,
        /** A task that did not succeed; some rows allow it. */
        FAILED,
        /** Anything else that must never happen, such as an answer of status 500. */
        BREACH
    }
}
