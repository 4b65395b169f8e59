package io.tidemill.api.dto;

/** Whether a failed task ends its job. */
public enum FailureMode {
    CONTINUE,
    FAIL_FAST
}
