package io.tidemill.api.dto;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rate to be set. */
public record RateLimitSetting(
        double tokensPerSecond, @Nullable Integer burst, List<String> operations) {}
