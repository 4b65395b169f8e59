package io.tidemill.api.store;

import io.tidemill.api.lifecycle.Tally;
import io.tidemill.api.lifecycle.TaskState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Adds up how the counters of steps and jobs change. */
final class TallyChanges {
    /** The counters of one step of one job; {@code begun}: one of its tasks began. */
    record StepChange(UUID jobId, int step, Tally delta, boolean begun) {}

    private record Key(UUID jobId, int step) {}

    private final Map<Key, StepChange> changes = new HashMap<>();

    /** A task that moved. */
    void moved(UUID jobId, int step, TaskState from, TaskState to) {
        add(jobId, step, Tally.ZERO.plus(from, -1).plus(to, 1), hasBegun(from, to));
    }

    /** A task that was not there before. */
    void added(UUID jobId, int step, TaskState state) {
        add(jobId, step, Tally.ZERO.plus(state, 1), false);
    }

    private void add(UUID jobId, int step, Tally delta, boolean begun) {
        changes.merge(
                new Key(jobId, step),
                new StepChange(jobId, step, delta, begun),
                (a, b) ->
                        new StepChange(
                                jobId, step, a.delta().plus(b.delta()), a.begun() || b.begun()));
    }

    List<StepChange> bySteps() {
        return changes.values().stream()
                .filter(change -> change.begun() || !change.delta().equals(Tally.ZERO))
                .toList();
    }

    List<StepChange> byJobs() {
        Map<UUID, StepChange> jobs = new HashMap<>();
        for (StepChange change : bySteps()) {
            jobs.merge(
                    change.jobId(),
                    change,
                    (a, b) ->
                            new StepChange(
                                    a.jobId(),
                                    0,
                                    a.delta().plus(b.delta()),
                                    a.begun() || b.begun()));
        }
        return new ArrayList<>(jobs.values());
    }

    /** A task that was refused or skipped while it was blocked never began. */
    private static boolean hasBegun(TaskState from, TaskState to) {
        return switch (to) {
            case TaskState.Running _, TaskState.Succeeded _, TaskState.Retrying _ -> true;
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
