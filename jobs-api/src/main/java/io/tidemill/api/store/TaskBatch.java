package io.tidemill.api.store;

import io.tidemill.api.lifecycle.TaskLifecycle;
import io.tidemill.api.lifecycle.TaskSignal;
import io.tidemill.api.lifecycle.TaskState;
import io.tidemill.api.lifecycle.Verdict;
import io.tidemill.contract.ErrorClass;
import io.tidemill.contract.FileRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Plays a batch of reports against the tasks as they stand, in memory; what comes out is written by
 * {@link TaskWriter}.
 */
final class TaskBatch {
    private static final long MOST_MILLIS = Duration.ofDays(1).toMillis();

    private final Map<UUID, TaskMemory> tasks;
    private final Set<String> fenced;
    private final JsonColumns json;
    private final RandomGenerator random;
    private final CircuitNews circuitNews = new CircuitNews();
    private Set<String> openCircuits = Set.of();
    final Map<UUID, AttemptChange> attempts = new HashMap<>();
    final Map<UUID, List<FileRef>> outputs = new HashMap<>();
    final Set<String> stops = new HashSet<>();
    final List<Applied.Measured> measured = new ArrayList<>();
    final List<TaskNews> news = new ArrayList<>();

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

    /** What these reports say about what the operations depend on; changes nothing. */
    CircuitNews circuitNews(List<TaskReport> reports) {
        for (TaskReport report : reports) {
            TaskMemory task = tasks.get(report.taskId());
            if (task != null && !isFenced(report.signal()) && moves(task, report.signal())) {
                circuitNews.add(task.place.operation(), report);
            }
        }
        return circuitNews;
    }

    private static boolean moves(TaskMemory task, TaskSignal signal) {
        return TaskLifecycle.apply(task.state, signal, task.tries.max()) instanceof Verdict.Moved;
    }

    /**
     * Plays them, in their order.
     *
     * @param openCircuits operations whose attempts that lack a dependency are given back
     */
    void play(List<TaskReport> reports, Set<String> openCircuits) {
        this.openCircuits = openCircuits;
        reports.forEach(this::play);
    }

    List<TaskMemory> touched() {
        return tasks.values().stream().filter(task -> task.touched).toList();
    }

    private void play(TaskReport report) {
        TaskMemory task = tasks.get(report.taskId());
        if (task == null || isFenced(report.signal())) {
            news.add(new TaskNews.Ignored(Verdict.Reason.SUPERSEDED));
            ignore(report.signal(), true);
            return;
        }
        if (report.signal() instanceof TaskSignal.LeaseEnd && !task.leaseEnded) {
            return; // a heartbeat came in between
        }
        TaskSignal signal = judged(task, report);
        switch (TaskLifecycle.apply(task.state, signal, task.tries.max())) {
            case Verdict.Moved(TaskState next) -> move(task, next, signal, report);
            case Verdict.Kept() -> keep(task, report.details());
            case Verdict.Ignored(Verdict.Reason reason) -> {
                news.add(new TaskNews.Ignored(reason));
                ignore(
                        signal,
                        reason == Verdict.Reason.SUPERSEDED || reason == Verdict.Reason.ENDED);
            }
        }
    }

    /**
     * While its circuit is open, an attempt that lacked a dependency is not held against a task.
     */
    private TaskSignal judged(TaskMemory task, TaskReport report) {
        return report.signal() instanceof TaskSignal.Fail fail
                        && CircuitNews.lacksDependency(report)
                        && openCircuits.contains(task.place.operation())
                ? new TaskSignal.Fail(fail.attempt(), fail.execution(), ErrorClass.SYSTEM)
                : report.signal();
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
            case TaskSignal.Take take when superseding -> stops.add(take.execution());
            case TaskSignal.Start start when superseding -> stops.add(start.execution());
            case TaskSignal.Beat beat when superseding -> stops.add(beat.execution());
            default -> {}
        }
    }

    /** The first order to stop may have been lost: whoever still beats gets another. */
    private void keep(TaskMemory task, TaskReport.Details details) {
        task.touched = true;
        progress(task, details);
        if (task.state instanceof TaskState.Stopping(int _, String execution)) {
            stops.add(execution);
        }
    }

    private void move(TaskMemory task, TaskState next, TaskSignal signal, TaskReport report) {
        Optional<AttemptChange> change = AttemptChange.of(task, next, signal, report, json);
        change.ifPresent(known -> note(task, known));
        news.addAll(
                TaskNews.of(task, next, signal, change.orElse(null), report.details().failure()));
        stopHolder(task.state, next, signal);
        task.losses += tookItsWorkerDown(task.state, signal) ? 1 : 0;
        task.moveTo(next);
        task.worker =
                Objects.requireNonNullElse(report.worker(), task.worker == null ? "" : task.worker);
        if (next instanceof TaskState.Retrying(int attempts)) {
            int used = task.tries.used(attempts);
            task.delayMillis = task.tries.schedule().after(used, random).toMillis();
        }
        finish(task, next, report);
    }

    /**
     * A first execution that succeeded before anybody saw it begin needs no row: all there is to
     * tell is in the task.
     */
    private void note(TaskMemory task, AttemptChange change) {
        if (change.succeeded()) {
            task.succeededBy = change.execution();
        }
        if (change.succeeded() && !task.begun) {
            attempts.remove(change.execution());
        } else {
            attempts.put(change.execution(), change);
        }
    }

    private void stopHolder(TaskState before, TaskState next, TaskSignal signal) {
        if (next instanceof TaskState.Stopping(int _, String execution)) {
            stops.add(execution);
        }
        if (signal instanceof TaskSignal.Withdraw
                && before instanceof TaskState.Taken(int _, String execution)) {
            stops.add(execution);
        }
    }

    /**
     * Or may have: a task that kills its worker at once dies before the worker could tell that it
     * has begun. When it runs exclusively, its beginning is known before it begins.
     */
    private static boolean tookItsWorkerDown(TaskState before, TaskSignal signal) {
        return (signal instanceof TaskSignal.LeaseEnd && !(before instanceof TaskState.Stopping))
                || (signal instanceof TaskSignal.Fail fail
                        && fail.errorClass() == ErrorClass.CRASH);
    }

    private void finish(TaskMemory task, TaskState next, TaskReport report) {
        TaskReport.Details details = report.details();
        progress(task, details);
        if (details.result() != null) {
            task.result = json.text(details.result());
        }
        boolean saidBefore =
                next instanceof TaskState.Cancelled && report.signal() instanceof TaskSignal.Report;
        task.failure = saidBefore ? null : details.failure();
        if (next instanceof TaskState.Succeeded) {
            outputs.put(task.id, details.outputs());
            measure(task, details.durationMillis());
        }
    }

    /** What nobody can have taken is left aside. */
    private void measure(TaskMemory task, @Nullable Long millis) {
        if (millis != null && millis >= 0 && millis <= MOST_MILLIS) {
            long bytes = task.input == null ? 0 : task.input.size();
            measured.add(new Applied.Measured(task.place.operation(), millis, bytes));
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
}
