package io.tidemill.api.store;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Some tasks of a job: those that match every list given; a list that is null matches all.
 *
 * @param files the job's files, as submitted
 * @param steps ids of steps
 * @param errorCodes of the error a task shows
 */
public record TaskSelector(
        @Nullable List<UUID> tasks,
        @Nullable List<String> files,
        @Nullable List<String> steps,
        @Nullable List<String> errorCodes) {
    public static final TaskSelector ALL = new TaskSelector(null, null, null, null);

    public boolean isAll() {
        return equals(ALL);
    }
}
