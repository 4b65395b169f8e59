package io.tidemill.api.dto;

/** What was given up. */
public enum DeadLetterKind {
    TASK,
    MESSAGE
}
