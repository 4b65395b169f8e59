package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.id.IdSource;
import io.tidemill.api.lifecycle.TaskSignal;
import io.tidemill.api.lifecycle.TaskState;
import io.tidemill.contract.FileRef;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Applies signals to tasks within a transaction, counters, attempts, outputs, dead letters and
 * unblocked tasks included. Safe to repeat: what was applied before is ignored.
 */
@ApplicationScoped
class BatchRun {
    private final TaskReader reader;
    private final TaskWriter writer;
    private final Unblocker unblocker;
    private final CircuitStore circuits;
    private final Tools tools;

    /** Small things a batch needs. */
    @Singleton
    static class Tools {
        final JsonColumns json;
        final IdSource ids;
        final DeliveryWriter deliveries;
        final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");

        Tools(JsonColumns json, IdSource ids, DeliveryWriter deliveries) {
            this.json = json;
            this.ids = ids;
            this.deliveries = deliveries;
        }
    }

    BatchRun(
            TaskReader reader,
            TaskWriter writer,
            Unblocker unblocker,
            CircuitStore circuits,
            Tools tools) {
        this.reader = reader;
        this.writer = writer;
        this.unblocker = unblocker;
        this.circuits = circuits;
        this.tools = tools;
    }

    /**
     * What came of a batch.
     *
     * @param overLimit open jobs of which more tasks have failed than they allow
     */
    record Outcome(Applied applied, List<UUID> overLimit) {}

    private record Locked(Map<UUID, TaskReader.LockedJob> jobs, TaskBatch batch) {}

    /**
     * Applies these signals, in this order.
     *
     * @param follow whether those that wait for tasks that end are to be unblocked or skipped; not
     *     when all of them are cancelled together
     */
    Uni<Outcome> run(SqlConnection connection, List<TaskReport> reports, boolean follow) {
        return locked(connection, reports)
                .call(locked -> play(connection, reports, locked.batch))
                .chain(locked -> write(connection, locked, follow));
    }

    /**
     * Asks for all at once, and PostgreSQL answers one after the other, so tasks are read when
     * their jobs are locked.
     */
    private Uni<Locked> locked(SqlConnection connection, List<TaskReport> reports) {
        UUID[] ids = reports.stream().map(TaskReport::taskId).distinct().toArray(UUID[]::new);
        boolean allHeld =
                reports.stream().allMatch(report -> report.signal() instanceof TaskSignal.Report);
        return Uni.combine()
                .all()
                .unis(
                        reader.lockJobs(connection, ids),
                        allHeld
                                ? reader.heldTasks(connection, ids)
                                : reader.lockTasks(connection, ids),
                        reader.fenced(connection, ids, executions(reports)))
                .with(
                        (jobs, tasks, fenced) ->
                                new Locked(
                                        jobs,
                                        new TaskBatch(tasks, fenced, tools.json, tools.random)));
    }

    private static UUID[] executions(List<TaskReport> reports) {
        return reports.stream()
                .map(TaskReport::signal)
                .filter(TaskSignal.Report.class::isInstance)
                .map(signal -> UUID.fromString(((TaskSignal.Report) signal).execution()))
                .distinct()
                .toArray(UUID[]::new);
    }

    private Uni<Void> play(SqlConnection connection, List<TaskReport> reports, TaskBatch batch) {
        return circuits.note(connection, batch.circuitNews(reports))
                .invoke(open -> batch.play(reports, open))
                .replaceWithVoid();
    }

    private Uni<Outcome> write(SqlConnection connection, Locked locked, boolean follow) {
        TaskBatch batch = locked.batch;
        List<TaskMemory> touched = batch.touched();
        TallyChanges tallies = new TallyChanges();
        touched.forEach(task -> tallies.moved(task, task.before));
        List<TaskWriter.NewOutput> outputs = outputs(locked.jobs, batch, touched);
        List<TaskMemory> dead = touched.stream().filter(BatchRun::isDead).toList();
        Uni<Void> written =
                Database.together(
                        writer.updateTasks(connection, touched),
                        writer.upsertAttempts(connection, batch.attempts.values()),
                        writer.insertOutputs(connection, outputs),
                        writer.insertDeadLetters(connection, dead, tools.ids::next));
        Uni<TaskWriter.Counted> counted =
                follow && Unblocker.isConcerned(locked.jobs, touched)
                        ? written.chain(
                                        () ->
                                                unblocker.advance(
                                                        connection,
                                                        locked.jobs,
                                                        touched,
                                                        batch.outputs,
                                                        tallies))
                                .chain(() -> count(connection, tallies))
                        : Uni.combine()
                                .all()
                                .unis(written, count(connection, tallies))
                                .with((_, count) -> count);
        return counted.map(count -> outcome(batch, tallies, dead, count));
    }

    /** Writes how the counters of steps and jobs changed, and whom to tell of jobs that ended. */
    Uni<TaskWriter.Counted> count(SqlConnection connection, TallyChanges tallies) {
        return countOnly(connection, tallies)
                .call(counted -> tools.deliveries.jobsEnded(connection, counted.ended()));
    }

    /** Leaves it to the caller to say whom to tell: more of the same job is about to change. */
    Uni<TaskWriter.Counted> countOnly(SqlConnection connection, TallyChanges tallies) {
        return Uni.combine()
                .all()
                .unis(
                        writer.countSteps(connection, tallies.bySteps()),
                        writer.countJobs(connection, tallies.byJobs()))
                .with((_, counted) -> counted);
    }

    private static boolean isDead(TaskMemory task) {
        return task.state instanceof TaskState.Failed && !task.before.ended();
    }

    private List<TaskWriter.NewOutput> outputs(
            Map<UUID, TaskReader.LockedJob> jobs, TaskBatch batch, List<TaskMemory> touched) {
        List<TaskWriter.NewOutput> outputs = new ArrayList<>();
        for (TaskMemory task : touched) {
            TaskReader.LockedJob job = jobs.get(task.jobId());
            for (FileRef file : batch.outputs.getOrDefault(task.id, List.of())) {
                if (job != null) {
                    outputs.add(
                            new TaskWriter.NewOutput(tools.ids.next(), job.owner(), task.id, file));
                }
            }
        }
        return outputs;
    }

    private Outcome outcome(
            TaskBatch batch,
            TallyChanges tallies,
            List<TaskMemory> dead,
            TaskWriter.Counted counted) {
        Set<UUID> changed = new HashSet<>();
        tallies.byJobs().forEach(change -> changed.add(change.sum().jobId()));
        Set<Applied.DeadTask> letters =
                dead.stream()
                        .map(
                                task ->
                                        new Applied.DeadTask(
                                                task.id,
                                                task.jobId(),
                                                task.place.operation(),
                                                code(task)))
                        .collect(Collectors.toSet());
        return new Outcome(
                new Applied(
                        changed,
                        Set.copyOf(counted.ended()),
                        Set.copyOf(batch.stops),
                        letters,
                        !batch.touched().isEmpty(),
                        List.copyOf(batch.measured),
                        List.copyOf(batch.news)),
                counted.overLimit());
    }

    private static String code(TaskMemory task) {
        return task.failure == null ? "UNKNOWN" : task.failure.code();
    }
}
