package io.tidemill.api.dto;

import java.util.List;

/** All limits. */
public record LimitList(List<Limit> items) {}
