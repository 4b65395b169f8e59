package io.tidemill.api.dto;

import org.jspecify.annotations.Nullable;

/** A share or limit, and how many tasks are with processors. */
public record Limit(
        LimitScope scope,
        String name,
        @Nullable Double weight,
        @Nullable Integer maxRunning,
        int running) {}
