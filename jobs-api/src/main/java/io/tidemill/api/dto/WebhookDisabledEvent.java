package io.tidemill.api.dto;

import java.time.Instant;

/** The body that tells of an endpoint that was disabled. */
public record WebhookDisabledEvent(
        WebhookEventType type, Instant timestamp, WebhookDisabledFacts data) {}
