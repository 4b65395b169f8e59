package io.tidemill.api.dto;

import java.time.Instant;

/** The body that tells of a job's end. */
public record WebhookJobEvent(WebhookEventType type, Instant timestamp, WebhookJobFacts data) {}
