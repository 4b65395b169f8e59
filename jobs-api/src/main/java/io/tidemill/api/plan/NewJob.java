package io.tidemill.api.plan;

import io.tidemill.api.dto.Priority;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job to be written, checked in itself; which of its files exist is found out in the transaction
 * that writes it.
 */
public record NewJob(
        UUID id,
        String owner,
        List<String> files,
        @Nullable String pipeline,
        List<PlannedStep> steps,
        Priority priority,
        Map<String, String> labels,
        @Nullable String clientReference,
        @Nullable String traceparent) {}
