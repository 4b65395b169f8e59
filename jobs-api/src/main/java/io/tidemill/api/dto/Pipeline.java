package io.tidemill.api.dto;

import java.util.List;

/** A named graph of steps. */
public record Pipeline(String name, String summary, List<Step> steps) {}
