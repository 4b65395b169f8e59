package io.tidemill.api.dto;

import java.time.Instant;

/** The body of a test. */
public record WebhookTestEvent(WebhookEventType type, Instant timestamp, WebhookTestFacts data) {}
