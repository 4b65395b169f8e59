package io.tidemill.api.dto;

import io.tidemill.api.lifecycle.JobState;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A job, as clients see it. */
public record Job(
        String id,
        @Nullable String clientReference,
        JobState state,
        int generation,
        @Nullable String pipeline,
        int fileCount,
        Priority priority,
        @Nullable Map<String, String> labels,
        Instant createTime,
        @Nullable Instant scheduleTime,
        @Nullable Instant startTime,
        @Nullable Instant endTime,
        @Nullable Instant deadline,
        @Nullable Problem error,
        JobProgress progress,
        @Nullable Eta eta,
        @Nullable Queue queue,
        TaskCounts counts,
        JobLinks links) {}
