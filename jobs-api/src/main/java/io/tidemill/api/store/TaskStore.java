package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.id.IdSource;
import io.tidemill.api.lifecycle.TaskSignal;
import io.tidemill.contract.FileRef;
import io.vertx.mutiny.sqlclient.Pool;
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

/**
 * Applies signals to tasks: one transaction a batch, counters, attempts, outputs and unblocked
 * tasks included. Safe to repeat: what was applied before is ignored.
 */
@ApplicationScoped
public class TaskStore {
    private final Pool pool;
    private final TaskReader reader;
    private final TaskWriter writer;
    private final Unblocker unblocker;
    private final Tools tools;

    /** Small things a batch needs. */
    @Singleton
    static class Tools {
        final JsonColumns json;
        final IdSource ids;
        final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");

        Tools(JsonColumns json, IdSource ids) {
            this.json = json;
            this.ids = ids;
        }
    }

    public TaskStore(
            Pool pool, TaskReader reader, TaskWriter writer, Unblocker unblocker, Tools tools) {
        this.pool = pool;
        this.reader = reader;
        this.writer = writer;
        this.unblocker = unblocker;
        this.tools = tools;
    }

    /** Applies these signals, in this order. */
    public Uni<Applied> apply(List<TaskReport> reports) {
        return reports.isEmpty()
                ? Uni.createFrom().item(Applied.NOTHING)
                : pool.withTransaction(connection -> apply(connection, reports));
    }

    private Uni<Applied> apply(SqlConnection connection, List<TaskReport> reports) {
        UUID[] ids = reports.stream().map(TaskReport::taskId).distinct().toArray(UUID[]::new);
        return reader.lockJobs(connection, ids)
                .chain(
                        jobs ->
                                reader.lockTasks(connection, ids)
                                        .chain(
                                                tasks ->
                                                        reader.fenced(
                                                                        connection,
                                                                        executions(reports))
                                                                .map(
                                                                        fenced ->
                                                                                new TaskBatch(
                                                                                        tasks,
                                                                                        fenced,
                                                                                        tools.json,
                                                                                        tools.random))
                                                                .invoke(
                                                                        batch ->
                                                                                batch.play(reports))
                                                                .chain(
                                                                        batch ->
                                                                                write(
                                                                                        connection,
                                                                                        jobs,
                                                                                        batch))));
    }

    private static UUID[] executions(List<TaskReport> reports) {
        return reports.stream()
                .map(TaskReport::signal)
                .filter(TaskSignal.Report.class::isInstance)
                .map(signal -> UUID.fromString(((TaskSignal.Report) signal).execution()))
                .distinct()
                .toArray(UUID[]::new);
    }

    private Uni<Applied> write(
            SqlConnection connection, Map<UUID, TaskReader.LockedJob> jobs, TaskBatch batch) {
        List<TaskMemory> touched = batch.touched();
        TallyChanges tallies = new TallyChanges();
        touched.forEach(task -> tallies.moved(task.jobId, task.step, task.before, task.state));
        return writer.updateTasks(connection, touched)
                .chain(() -> writer.upsertAttempts(connection, batch.attempts.values()))
                .chain(() -> writer.insertOutputs(connection, outputs(jobs, batch, touched)))
                .chain(() -> unblocker.advance(connection, jobs, touched, batch.outputs, tallies))
                .chain(() -> writer.countSteps(connection, tallies.bySteps()))
                .chain(() -> writer.countJobs(connection, tallies.byJobs()))
                .map(ended -> applied(touched, ended, batch.superseded));
    }

    private List<TaskWriter.NewOutput> outputs(
            Map<UUID, TaskReader.LockedJob> jobs, TaskBatch batch, List<TaskMemory> touched) {
        List<TaskWriter.NewOutput> outputs = new ArrayList<>();
        for (TaskMemory task : touched) {
            TaskReader.LockedJob job = jobs.get(task.jobId);
            for (FileRef file : batch.outputs.getOrDefault(task.id, List.of())) {
                if (job != null) {
                    outputs.add(
                            new TaskWriter.NewOutput(tools.ids.next(), job.owner(), task.id, file));
                }
            }
        }
        return outputs;
    }

    private static Applied applied(
            List<TaskMemory> touched, List<UUID> ended, Set<String> superseded) {
        Set<UUID> changed = new HashSet<>();
        touched.forEach(task -> changed.add(task.jobId));
        return new Applied(changed, Set.copyOf(ended), Set.copyOf(superseded), !touched.isEmpty());
    }
}
