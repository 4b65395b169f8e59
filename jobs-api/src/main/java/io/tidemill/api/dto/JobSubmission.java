package io.tidemill.api.dto;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Files and either a pipeline or steps. */
public record JobSubmission(
        List<String> files,
        @Nullable String pipeline,
        @Nullable List<StepSubmission> steps,
        @Nullable Priority priority,
        @Nullable Map<String, String> labels,
        @Nullable String clientReference,
        @Nullable Instant scheduleTime,
        @Nullable Instant deadline,
        @Nullable FailurePolicy failurePolicy,
        @Nullable RetryPolicy retryPolicy,
        @Nullable String webhook) {}
