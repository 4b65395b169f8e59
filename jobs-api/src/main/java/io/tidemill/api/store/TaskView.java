package io.tidemill.api.store;

import io.tidemill.api.lifecycle.TaskState;
import io.tidemill.contract.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A task as it stood at one moment, with its attempts and the files it made. */
public record TaskView(
        UUID id,
        int fileOrdinal,
        String fileRef,
        @Nullable String fileName,
        @Nullable String inputName,
        int step,
        String stepId,
        String operation,
        int part,
        String state,
        int attempt,
        int maxAttempts,
        Instant dueTime,
        @Nullable Waiter waiter,
        @Nullable String worker,
        @Nullable Integer percent,
        @Nullable String activity,
        @Nullable Instant startTime,
        @Nullable Instant endTime,
        @Nullable Map<String, Object> result,
        @Nullable Failure error,
        List<AttemptView> attempts,
        List<StoredFile> outputs) {

    /** One attempt. */
    public record AttemptView(
            int number,
            String worker,
            @Nullable Instant startTime,
            @Nullable Instant endTime,
            String outcome,
            @Nullable Failure error) {}

    /**
     * The state, as the rules know it; which execution holds the task does not matter to a reader.
     */
    public TaskState lifecycleState() {
        return Sql.state(state, Math.max(1, attempt), null, false);
    }

    TaskView with(List<AttemptView> history, List<StoredFile> files) {
        return new TaskView(
                id,
                fileOrdinal,
                fileRef,
                fileName,
                inputName,
                step,
                stepId,
                operation,
                part,
                state,
                attempt,
                maxAttempts,
                dueTime,
                waiter,
                worker,
                percent,
                activity,
                startTime,
                endTime,
                result,
                error,
                history,
                files);
    }
}
