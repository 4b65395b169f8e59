package io.tidemill.api.dto;

/** How an attempt ended. */
public enum AttemptOutcome {
    RUNNING,
    SUCCEEDED,
    FAILED,
    LOST,
    RELEASED,
    STOPPED
}
