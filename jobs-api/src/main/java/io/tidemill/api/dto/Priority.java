package io.tidemill.api.dto;

/** How urgent a job is among those of its owner. */
public enum Priority {
    HIGH,
    NORMAL,
    LOW
}
