package io.tidemill.api.store;

import io.tidemill.api.dto.Priority;
import io.tidemill.api.estimate.Pace;
import io.tidemill.api.lifecycle.JobState;
import io.tidemill.api.lifecycle.JobWishes;
import io.tidemill.api.lifecycle.Tally;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job as it stood at one moment.
 *
 * @param sequence number of its latest change
 * @param percent whole percent done, never falling within a generation
 * @param pace absent before the first task began
 */
public record JobSnapshot(
        UUID id,
        @Nullable String clientReference,
        @Nullable String pipeline,
        int fileCount,
        int generation,
        long sequence,
        int percent,
        Priority priority,
        Map<String, String> labels,
        Instant createTime,
        @Nullable Instant scheduleTime,
        @Nullable Instant startTime,
        @Nullable Instant endTime,
        @Nullable Instant deadline,
        JobWishes wishes,
        List<StepSnapshot> steps,
        @Nullable Pace pace) {

    /**
     * A step of the job.
     *
     * @param weight expected milliseconds of one of its tasks
     * @param openPercent sum of the percents of its open tasks
     * @param percent whole percent done, never falling within a generation
     * @param needs ordinals of earlier steps
     * @param inputBytes mean size of its tasks' inputs; null: not known when it was submitted
     */
    public record StepSnapshot(
            String id,
            String operation,
            Tally tally,
            boolean begun,
            int weight,
            int openPercent,
            int percent,
            List<Integer> needs,
            @Nullable Long inputBytes) {}

    public Tally tally() {
        return steps.stream().map(StepSnapshot::tally).reduce(Tally.ZERO, Tally::plus);
    }

    public JobState state() {
        return JobState.of(tally(), startTime != null, wishes);
    }
}
