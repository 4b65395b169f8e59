package io.tidemill.api.dto;

import java.util.List;

/** All rates. */
public record RateLimitList(List<RateLimit> items) {}
