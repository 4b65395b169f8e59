package io.tidemill.api.dto;

import io.tidemill.api.lifecycle.JobState;
import java.time.Instant;
import java.util.List;

/** What one transaction changed about a job, and how it stands now. */
public record JobChangeEvent(
        String jobId,
        long sequence,
        Instant time,
        int generation,
        JobState state,
        int percent,
        TaskCounts counts,
        List<TaskChange> tasks) {}
