package io.tidemill.api.dto;

/** What a limit is about. */
public enum LimitScope {
    OWNER,
    OPERATION,
    TASK_QUEUE
}
