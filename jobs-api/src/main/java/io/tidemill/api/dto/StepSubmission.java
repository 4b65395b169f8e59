package io.tidemill.api.dto;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One step of an inline pipeline, as submitted. */
public record StepSubmission(
        @Nullable String id,
        String operation,
        @Nullable Map<String, Object> parameters,
        @Nullable List<String> needs,
        @Nullable String input,
        @Nullable RetryPolicy retryPolicy) {}
