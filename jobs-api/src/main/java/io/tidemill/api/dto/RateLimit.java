package io.tidemill.api.dto;

import java.util.List;

/** A rate, and how many tasks may begin at once now. */
public record RateLimit(
        String name, double tokensPerSecond, int burst, List<String> operations, int available) {}
