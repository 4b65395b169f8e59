package io.tidemill.api.plan;

import io.tidemill.api.dto.Priority;
import io.tidemill.api.lifecycle.RetryRules;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job to be written, checked in itself; which of its files exist is found out in the transaction
 * that writes it.
 *
 * @param retries one for each step, by its ordinal
 * @param webhook an endpoint that is to be told of this job, too
 */
public record NewJob(
        UUID id,
        String owner,
        List<String> files,
        @Nullable String pipeline,
        List<PlannedStep> steps,
        List<RetryRules> retries,
        Priority priority,
        Map<String, String> labels,
        @Nullable String clientReference,
        JobTerms terms,
        @Nullable String traceparent,
        @Nullable UUID webhook) {

    public RetryRules retriesOf(PlannedStep step) {
        return retries.get(step.ordinal());
    }
}
