package io.tidemill.api.dto;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is to be delivered again: one of the two is there. */
public record WebhookRedelivery(@Nullable String deliveryId, @Nullable Instant failedSince) {}
