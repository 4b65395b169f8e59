package io.tidemill.api.store;

import io.tidemill.api.lifecycle.Backoff;
import io.tidemill.api.lifecycle.TaskLifecycle;
import io.tidemill.api.lifecycle.TaskSignal;
import io.tidemill.api.lifecycle.TaskState;
import io.tidemill.api.lifecycle.Verdict;
import io.tidemill.contract.FileRef;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Plays a batch of reports against the tasks as they stand, in memory; what comes out is written by
 * {@link TaskWriter}.
 */
final class TaskBatch {
    private final Map<UUID, TaskMemory> tasks;
    private final Set<String> fenced;
    private final JsonColumns json;
    private final RandomGenerator random;
    final Map<UUID, AttemptChange> attempts = new HashMap<>();
    final Map<UUID, List<FileRef>> outputs = new HashMap<>();
    final Set<String> superseded = new HashSet<>();

    /**
     * A batch about to be played.
     *
     * @param fenced executions that were given up before; nothing they say counts
     */
    TaskBatch(
            Map<UUID, TaskMemory> tasks,
            Set<String> fenced,
            JsonColumns json,
            RandomGenerator random) {
        this.tasks = tasks;
        this.fenced = fenced;
        this.json = json;
        this.random = random;
    }

    void play(List<TaskReport> reports) {
        reports.forEach(this::play);
    }

    List<TaskMemory> touched() {
        return tasks.values().stream().filter(task -> task.touched).toList();
    }

    private void play(TaskReport report) {
        TaskMemory task = tasks.get(report.taskId());
        if (task == null || isFenced(report.signal())) {
            ignore(report.signal(), true);
            return;
        }
        if (report.signal() instanceof TaskSignal.LeaseEnd && !task.leaseEnded) {
            return; // a heartbeat came in between
        }
        switch (TaskLifecycle.apply(task.state, report.signal(), task.maxAttempts)) {
            case Verdict.Moved(TaskState next) -> move(task, next, report);
            case Verdict.Kept() -> keep(task, report.details());
            case Verdict.Ignored(Verdict.Reason reason) ->
                    ignore(
                            report.signal(),
                            reason == Verdict.Reason.SUPERSEDED || reason == Verdict.Reason.ENDED);
        }
    }

    private boolean isFenced(TaskSignal signal) {
        return signal instanceof TaskSignal.Report report && fenced.contains(report.execution());
    }

    /**
     * Those who still work on what no longer counts are told to stop; those who are done need not
     * be.
     */
    private void ignore(TaskSignal signal, boolean superseding) {
        switch (signal) {
            case TaskSignal.Take take when superseding -> superseded.add(take.execution());
            case TaskSignal.Start start when superseding -> superseded.add(start.execution());
            case TaskSignal.Beat beat when superseding -> superseded.add(beat.execution());
            default -> {}
        }
    }

    private void keep(TaskMemory task, TaskReport.Details details) {
        task.touched = true;
        progress(task, details);
    }

    private void move(TaskMemory task, TaskState next, TaskReport report) {
        recordAttempt(task, next, report);
        task.moveTo(next);
        task.worker =
                Objects.requireNonNullElse(report.worker(), task.worker == null ? "" : task.worker);
        if (next instanceof TaskState.Retrying(int attempts)) {
            task.delayMillis = Backoff.DEFAULT.after(attempts, random).toMillis();
        }
        finish(task, next, report.details());
    }

    private void finish(TaskMemory task, TaskState next, TaskReport.Details details) {
        progress(task, details);
        if (details.result() != null) {
            task.result = json.text(details.result());
        }
        task.error = json.write(details.failure());
        if (next instanceof TaskState.Succeeded) {
            outputs.put(task.id, details.outputs());
        }
    }

    private static void progress(TaskMemory task, TaskReport.Details details) {
        if (details.percent() != null) {
            task.percent = Math.clamp(details.percent(), 0, 99);
        }
        task.activity =
                Objects.requireNonNullElse(
                        details.activity(), task.activity == null ? "" : task.activity);
        if (details.checkpoint() != null) {
            task.checkpoint = details.checkpoint();
        }
    }

    private void recordAttempt(TaskMemory task, TaskState next, TaskReport report) {
        Fence fence = fence(task.state, report.signal());
        String outcome = fence == null ? null : outcome(next, report.signal());
        if (fence != null && outcome != null) {
            UUID execution = UUID.fromString(fence.execution());
            String worker = report.worker() == null ? "" : report.worker();
            String error = json.write(report.details().failure());
            attempts.put(
                    execution,
                    new AttemptChange(execution, task.id, fence.attempt(), worker, outcome, error));
        }
    }

    private record Fence(int attempt, String execution) {}

    private static @Nullable Fence fence(TaskState state, TaskSignal signal) {
        if (signal instanceof TaskSignal.Report report) {
            return new Fence(report.attempt(), report.execution());
        }
        return switch (state) {
            case TaskState.Taken(int attempt, String execution) -> new Fence(attempt, execution);
            case TaskState.Running(int attempt, String execution) -> new Fence(attempt, execution);
            case TaskState.Blocked _,
                    TaskState.Queued _,
                    TaskState.Dispatched _,
                    TaskState.Retrying _,
                    TaskState.Succeeded _,
                    TaskState.Failed _,
                    TaskState.Skipped _ ->
                    null;
        };
    }

    private static @Nullable String outcome(TaskState next, TaskSignal signal) {
        return switch (signal) {
            case TaskSignal.Start _ -> "RUNNING";
            case TaskSignal.Succeed _ -> "SUCCEEDED";
            case TaskSignal.Fail _ -> "FAILED";
            case TaskSignal.Release _ -> "RELEASED";
            case TaskSignal.LeaseEnd _ -> next instanceof TaskState.Queued ? "RELEASED" : "LOST";
            case TaskSignal.Take _,
                    TaskSignal.Beat _,
                    TaskSignal.Unblock _,
                    TaskSignal.Skip _,
                    TaskSignal.Refuse _,
                    TaskSignal.Dispatch _,
                    TaskSignal.RetryDue _ ->
                    null;
        };
    }
}
