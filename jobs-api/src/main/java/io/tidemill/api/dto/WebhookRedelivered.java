package io.tidemill.api.dto;

/** How many deliveries are on their way again. */
public record WebhookRedelivered(int count, boolean more) {}
