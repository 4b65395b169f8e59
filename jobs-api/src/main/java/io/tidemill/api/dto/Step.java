package io.tidemill.api.dto;

import java.util.List;
import java.util.Map;

/** One step of a named pipeline. */
public record Step(
        String id,
        String operation,
        Map<String, Object> parameters,
        List<String> needs,
        String input) {}
