package io.tidemill.api.dto;

/** Why nothing is sent to an endpoint. */
public enum WebhookDisabledReason {
    REQUESTED,
    GONE,
    EXHAUSTED
}
