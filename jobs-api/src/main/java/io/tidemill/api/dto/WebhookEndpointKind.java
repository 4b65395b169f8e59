package io.tidemill.api.dto;

/** How an endpoint is told. */
public enum WebhookEndpointKind {
    WEBHOOK,
    MAIL
}
