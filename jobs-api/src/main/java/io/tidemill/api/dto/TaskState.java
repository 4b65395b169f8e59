package io.tidemill.api.dto;

/** Where a task stands; see docs/job-lifecycle.md. */
public enum TaskState {
    BLOCKED,
    QUEUED,
    DISPATCHED,
    RUNNING,
    RETRYING,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    SKIPPED
}
