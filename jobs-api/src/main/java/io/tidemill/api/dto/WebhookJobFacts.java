package io.tidemill.api.dto;

import io.tidemill.api.lifecycle.JobState;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an event tells about a job; the rest is read at the link. */
public record WebhookJobFacts(
        String jobId,
        JobState state,
        int generation,
        @Nullable String clientReference,
        @Nullable Map<String, String> labels,
        long sequence,
        String link) {}
