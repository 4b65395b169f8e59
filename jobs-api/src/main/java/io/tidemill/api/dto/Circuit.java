package io.tidemill.api.dto;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The circuit breaker of an operation. */
public record Circuit(
        CircuitState state,
        @Nullable Instant openSince,
        @Nullable Instant retryTime,
        @Nullable String reason) {}
