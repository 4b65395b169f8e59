package io.tidemill.api.store;

import io.tidemill.api.lifecycle.TaskSignal;
import io.tidemill.contract.Failure;
import io.tidemill.contract.FileRef;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A signal for one task, with what came along.
 *
 * @param worker who says so; absent when a timer does
 */
public record TaskReport(UUID taskId, TaskSignal signal, @Nullable String worker, Details details) {

    /**
     * What a report may carry.
     *
     * @param durationMillis what the attempt took
     */
    public record Details(
            @Nullable Integer percent,
            @Nullable String activity,
            @Nullable String checkpoint,
            @Nullable Map<String, Object> result,
            List<FileRef> outputs,
            @Nullable Failure failure,
            @Nullable Long durationMillis) {
        public static final Details NONE = new Details(null, null, null, null, List.of(), null);

        public Details(
                @Nullable Integer percent,
                @Nullable String activity,
                @Nullable String checkpoint,
                @Nullable Map<String, Object> result,
                List<FileRef> outputs,
                @Nullable Failure failure) {
            this(percent, activity, checkpoint, result, outputs, failure, null);
        }

        public static Details of(@Nullable Failure failure) {
            return new Details(null, null, null, null, List.of(), failure);
        }
    }

    public TaskReport(UUID taskId, TaskSignal signal) {
        this(taskId, signal, null, Details.NONE);
    }
}
