package io.tidemill.api.dto;

import org.jspecify.annotations.Nullable;

/** How far one task is. */
public record TaskProgress(int percent, @Nullable String activity) {}
