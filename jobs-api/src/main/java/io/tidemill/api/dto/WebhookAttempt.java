package io.tidemill.api.dto;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One try at a delivery. */
public record WebhookAttempt(
        int number,
        Instant startTime,
        long durationMillis,
        @Nullable Integer status,
        @Nullable String errorCode) {}
