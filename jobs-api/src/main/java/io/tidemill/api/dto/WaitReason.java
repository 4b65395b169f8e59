package io.tidemill.api.dto;

/** Why an open task does not run. */
public enum WaitReason {
    NEEDED_STEP,
    QUEUE,
    BACKOFF,
    PAUSED,
    SCHEDULED,
    CIRCUIT_OPEN,
    NO_PROCESSOR
}
