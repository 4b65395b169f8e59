package io.tidemill.api.store;

import io.tidemill.api.lifecycle.Tally;
import io.tidemill.api.lifecycle.TaskState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Adds up how the counters of steps and jobs change, and which tasks changed their state. */
final class TallyChanges {
    /**
     * The counters of one step of one job.
     *
     * @param openPercent change of the sum of the percents of its open tasks
     * @param begun one of its tasks began
     */
    record StepChange(UUID jobId, int step, Tally delta, int openPercent, boolean begun) {
        private StepChange plus(StepChange other) {
            return new StepChange(
                    jobId,
                    step,
                    delta.plus(other.delta),
                    openPercent + other.openPercent,
                    begun || other.begun);
        }

        private boolean isNothing() {
            return !begun && openPercent == 0 && delta.equals(Tally.ZERO);
        }
    }

    /**
     * The counters of a job, and those of its tasks that changed their state; none, when it has
     * only come further.
     */
    record JobChange(StepChange sum, Collection<TaskEntries.Entry> tasks) {
        boolean isLogged() {
            return sum.begun || !tasks.isEmpty() || !sum.delta.equals(Tally.ZERO);
        }
    }

    private record Key(UUID jobId, int step) {}

    private final Map<Key, StepChange> steps = new HashMap<>();
    private final Map<UUID, Map<UUID, TaskEntries.Entry>> tasks = new HashMap<>();

    /** A task that moved from that state to where it stands now, or came further. */
    void moved(TaskMemory task, TaskState from) {
        int percentBefore = from.ended() ? 0 : task.percentBefore;
        Tally delta = Tally.ZERO.plus(from, -1).plus(task.state, 1);
        add(task, delta, task.openPercent() - percentBefore, hasBegun(from, task.state));
        if (!TaskEntries.visible(from).equals(TaskEntries.visible(task.state))) {
            note(task);
        }
    }

    /** A task that was not there before. */
    void added(TaskMemory task) {
        add(task, Tally.ZERO.plus(task.state, 1), 0, false);
        note(task);
    }

    private void add(TaskMemory task, Tally delta, int openPercent, boolean begun) {
        steps.merge(
                new Key(task.jobId(), task.place.step()),
                new StepChange(task.jobId(), task.place.step(), delta, openPercent, begun),
                StepChange::plus);
    }

    private void note(TaskMemory task) {
        tasks.computeIfAbsent(task.jobId(), _ -> new LinkedHashMap<>())
                .put(
                        task.id,
                        new TaskEntries.Entry(
                                task.id, TaskEntries.visible(task.state), task.attempt()));
    }

    List<StepChange> bySteps() {
        return steps.values().stream().filter(change -> !change.isNothing()).toList();
    }

    List<JobChange> byJobs() {
        Map<UUID, StepChange> sums = new HashMap<>();
        bySteps().forEach(change -> sums.merge(change.jobId(), change, StepChange::plus));
        List<JobChange> jobs = new ArrayList<>(sums.size());
        sums.forEach(
                (job, sum) ->
                        jobs.add(new JobChange(sum, tasks.getOrDefault(job, Map.of()).values())));
        return jobs;
    }

    /**
     * A task that was refused or skipped while it was blocked never began; one that has only come
     * further began before.
     */
    private static boolean hasBegun(TaskState from, TaskState to) {
        return switch (to) {
            case TaskState.Running _ -> !(from instanceof TaskState.Running);
            case TaskState.Succeeded _, TaskState.Retrying _ -> true;
            case TaskState.Failed _ -> !(from instanceof TaskState.Blocked);
            case TaskState.Blocked _,
                    TaskState.Queued _,
                    TaskState.Dispatched _,
                    TaskState.Taken _,
                    TaskState.Stopping _,
                    TaskState.Cancelled _,
                    TaskState.Skipped _ ->
                    false;
        };
    }
}
