package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.lifecycle.TaskLifecycle;
import io.tidemill.api.lifecycle.TaskSignal;
import io.tidemill.api.lifecycle.TaskState;
import io.tidemill.api.lifecycle.Verdict;
import io.tidemill.api.plan.PlannedStep;
import io.tidemill.api.plan.Reopening;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Lets tasks that ended without success run once more, together with those that were skipped
 * because of them, within a transaction that has locked the job.
 */
@ApplicationScoped
class Reopener {
    // The numbers of attempts go on, so that no execution of the past can pass for one to come.
    private static final String REOPEN =
            """
            update task set state = 'BLOCKED', max_attempts = attempt + allowed_attempts, end_time = null, error = null, error_code = null, result = null,
              percent = null, activity = null, losses = 0, paused = false, held = $2, due_time = now()
            where id = any($1)""";

    private static final String FORGET_DEAD_LETTERS =
            "delete from dead_letter where task_id = any($1)";

    private final TaskReader reader;
    private final Unblocker unblocker;
    private final BatchRun run;

    Reopener(TaskReader reader, Unblocker unblocker, BatchRun run) {
        this.reader = reader;
        this.unblocker = unblocker;
        this.run = run;
    }

    /**
     * Opens these tasks again.
     *
     * @param held whether the job waits for somebody
     */
    Uni<Applied> reopen(SqlConnection connection, UUID job, List<UUID> selected, boolean held) {
        UUID[] ids = selected.toArray(UUID[]::new);
        return reader.lockTasks(connection, ids)
                .chain(tasks -> reader.lockFiles(connection, tasks.values()))
                .chain(
                        tasks ->
                                reader.steps(connection, new UUID[] {job})
                                        .chain(
                                                steps ->
                                                        reopen(
                                                                connection,
                                                                tasks,
                                                                steps,
                                                                Set.copyOf(selected),
                                                                held)));
    }

    private Uni<Applied> reopen(
            SqlConnection connection,
            Map<UUID, TaskMemory> tasks,
            Map<UUID, List<PlannedStep>> steps,
            Set<UUID> selected,
            boolean held) {
        TallyChanges tallies = new TallyChanges();
        List<TaskMemory> reopened =
                chosen(tasks, steps, selected).stream()
                        .filter(task -> reopened(task, tallies))
                        .toList();
        UUID[] ids = Sql.uuids(reopened, task -> task.id);
        Set<UUID> jobs = reopened.stream().map(TaskMemory::jobId).collect(Collectors.toSet());
        return connection
                .preparedQuery(REOPEN)
                .execute(Tuple.of(ids, held))
                .chain(
                        () ->
                                connection
                                        .preparedQuery(FORGET_DEAD_LETTERS)
                                        .execute(Tuple.of((Object) ids)))
                .chain(() -> unblocker.follow(connection, tasks, steps, Map.of(), tallies))
                .chain(() -> run.countOnly(connection, tallies))
                .map(
                        counted ->
                                new Applied(
                                        jobs,
                                        Set.copyOf(counted.ended()),
                                        Set.of(),
                                        Set.of(),
                                        !jobs.isEmpty()));
    }

    /** The selected ones of every file, and those that were skipped because of them. */
    private static List<TaskMemory> chosen(
            Map<UUID, TaskMemory> tasks, Map<UUID, List<PlannedStep>> steps, Set<UUID> selected) {
        Set<UUID> chosen = new HashSet<>();
        tasks.values().stream()
                .collect(Collectors.groupingBy(task -> task.place.fileOrdinal()))
                .values()
                .forEach(ofFile -> chosen.addAll(ofFile(ofFile, steps, selected)));
        return tasks.values().stream().filter(task -> chosen.contains(task.id)).toList();
    }

    private static Set<UUID> ofFile(
            List<TaskMemory> tasks, Map<UUID, List<PlannedStep>> steps, Set<UUID> selected) {
        List<Reopening.Node> nodes =
                tasks.stream()
                        .map(
                                task ->
                                        new Reopening.Node(
                                                task.id,
                                                task.place.step(),
                                                task.place.parent(),
                                                task.state instanceof TaskState.Skipped))
                        .toList();
        UUID job = tasks.getFirst().jobId();
        return Reopening.of(steps.getOrDefault(job, List.of()), nodes, selected);
    }

    private static boolean reopened(TaskMemory task, TallyChanges tallies) {
        TaskSignal retry = new TaskSignal.Retry(task.attempt());
        if (!(TaskLifecycle.apply(task.state, retry, task.tries.max())
                instanceof Verdict.Moved(TaskState next))) {
            return false;
        }
        TaskState ended = task.state;
        task.moveTo(next);
        tallies.moved(task, ended);
        return true;
    }
}
