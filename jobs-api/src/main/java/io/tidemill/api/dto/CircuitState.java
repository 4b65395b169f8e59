package io.tidemill.api.dto;

/** Whether attempts of an operation are let through. */
public enum CircuitState {
    CLOSED,
    OPEN,
    HALF_OPEN
}
