package io.tidemill.api.dto;

import org.jspecify.annotations.Nullable;

/** When failures end a job; bounds that are absent bound nothing. */
public record FailurePolicy(
        @Nullable FailureMode mode,
        @Nullable Integer maxFailed,
        @Nullable Integer maxFailedPercent) {}
