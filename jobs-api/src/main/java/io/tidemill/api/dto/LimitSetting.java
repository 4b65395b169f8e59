package io.tidemill.api.dto;

import org.jspecify.annotations.Nullable;

/** A share or limit to be set. */
public record LimitSetting(@Nullable Double weight, @Nullable Integer maxRunning) {}
