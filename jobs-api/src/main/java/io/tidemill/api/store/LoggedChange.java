package io.tidemill.api.store;

import io.tidemill.api.lifecycle.JobState;
import io.tidemill.api.lifecycle.Tally;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What one transaction changed about one job, but for how far it is, and how it stood afterwards.
 *
 * @param sequence number of the change; those of a job have no gaps
 * @param transaction the one that made it
 * @param percent whole percent done
 * @param tasks those that changed their state
 */
public record LoggedChange(
        UUID jobId,
        long sequence,
        long transaction,
        Instant time,
        int generation,
        JobState state,
        int percent,
        Tally tally,
        List<LoggedTask> tasks) {

    /**
     * A task as it stood after the change.
     *
     * @param fileId the job's file, as it was submitted
     * @param step id of its step
     * @param state as clients know it
     */
    public record LoggedTask(UUID id, String fileId, String step, String state, int attempt) {}
}
