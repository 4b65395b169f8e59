package io.tidemill.api.store;

import io.tidemill.api.lifecycle.TaskSignal;
import io.tidemill.api.lifecycle.TaskState;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of the attempt history, to be written or brought up to date. */
record AttemptChange(
        UUID execution,
        UUID taskId,
        int number,
        String worker,
        String outcome,
        @Nullable String error) {

    private record Fence(int attempt, String execution) {}

    boolean ended() {
        return !outcome.equals("RUNNING");
    }

    boolean succeeded() {
        return outcome.equals("SUCCEEDED");
    }

    /**
     * What the history gains when that signal moves the task, which still stands where it stood.
     */
    static Optional<AttemptChange> of(
            TaskMemory task,
            TaskState next,
            TaskSignal signal,
            TaskReport report,
            JsonColumns json) {
        Fence fence = fence(task.state, signal);
        String outcome = fence == null ? null : outcome(next, signal);
        if (fence == null || outcome == null) {
            return Optional.empty();
        }
        return Optional.of(
                new AttemptChange(
                        UUID.fromString(fence.execution()),
                        task.id,
                        fence.attempt(),
                        report.worker() == null ? "" : report.worker(),
                        outcome,
                        json.write(report.details().failure())));
    }

    private static @Nullable Fence fence(TaskState state, TaskSignal signal) {
        if (signal instanceof TaskSignal.Report report) {
            return new Fence(report.attempt(), report.execution());
        }
        return switch (state) {
            case TaskState.Taken(int attempt, String execution) -> new Fence(attempt, execution);
            case TaskState.Running(int attempt, String execution) -> new Fence(attempt, execution);
            case TaskState.Stopping(int attempt, String execution) -> new Fence(attempt, execution);
            case TaskState.Blocked _,
                    TaskState.Queued _,
                    TaskState.Dispatched _,
                    TaskState.Retrying _,
                    TaskState.Succeeded _,
                    TaskState.Failed _,
                    TaskState.Cancelled _,
                    TaskState.Skipped _ ->
                    null;
        };
    }

    private static @Nullable String outcome(TaskState next, TaskSignal signal) {
        return switch (signal) {
            case TaskSignal.Start _ -> "RUNNING";
            case TaskSignal.Succeed _ -> "SUCCEEDED";
            case TaskSignal.Fail _ -> "FAILED";
            case TaskSignal.Stopped _ -> "STOPPED";
            case TaskSignal.Release _, TaskSignal.Withdraw _ -> "RELEASED";
            case TaskSignal.LeaseEnd _ -> next instanceof TaskState.Queued ? "RELEASED" : "LOST";
            case TaskSignal.Take _,
                    TaskSignal.Beat _,
                    TaskSignal.Unblock _,
                    TaskSignal.Skip _,
                    TaskSignal.Refuse _,
                    TaskSignal.Dispatch _,
                    TaskSignal.Cancel _,
                    TaskSignal.Retry _,
                    TaskSignal.RetryDue _ ->
                    null;
        };
    }
}
