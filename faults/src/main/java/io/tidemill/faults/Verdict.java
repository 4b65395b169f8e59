package io.tidemill.faults;

/** How a row ended. */
public enum Verdict {
    PASS,
    FAIL,
    /** This machine cannot run it. */
    NOT_RUN
}
