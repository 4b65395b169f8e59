package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.lifecycle.RetrySchedule;
import io.tidemill.api.lifecycle.TaskState;
import io.tidemill.api.plan.PlannedStep;
import io.tidemill.contract.FileRef;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads and locks what a batch of signals needs. Jobs are locked first, in the order of their ids,
 * then tasks, in the order of theirs: everybody who changes a job's tasks does the same (the
 * dispatcher, which changes no counters, skips locked rows), so there are no deadlocks.
 */
@ApplicationScoped
class TaskReader {
    private static final String LOCK_JOBS =
            """
            select id, owner, blocked from job
            where id in (select job_id from task where id = any($1)) order by id for update""";

    private static final String COLUMNS =
            """
            select id, job_id, file_ordinal, step, parent, part, operation, state, attempt, max_attempts, allowed_attempts,
                   retry_schedule, execution, stopping, losses, coalesce(lease_until < clock_timestamp(), false) as lease_ended, start_time is not null as begun,
                   coalesce(percent, 0) as percent,
                   input_name, input_type, input_size, input_sha256 from task
            """;

    private static final String TASKS = COLUMNS + "where id = any($1)";

    private static final String LOCK_TASKS = TASKS + " order by id for update";

    // The other tasks of the files at hand; only read where a job has blocked tasks.
    private static final String LOCK_FILES =
            "select t.* from (select distinct * from unnest($1::uuid[], $2::int[]) f(job, file) order by job, file) f cross join lateral ("
                    + COLUMNS
                    + "t where "
                    + TaskRange.ofFile("f.job", "f.file")
                    + " order by id for update) t";

    private static final String FENCED =
            "select execution from attempt where task_id = any($1) and execution = any($2) and end_time is not null";

    private static final String STEPS =
            "select job_id, ordinal, id, operation, parameters, needs, input from job_step where job_id = any($1)";

    private final OperationLookup operations;

    TaskReader(OperationLookup operations) {
        this.operations = operations;
    }

    /** A locked job. */
    record LockedJob(UUID id, String owner, int blocked) {}

    Uni<Map<UUID, LockedJob>> lockJobs(SqlConnection connection, UUID[] tasks) {
        return connection
                .preparedQuery(LOCK_JOBS)
                .execute(Tuple.of((Object) tasks))
                .map(
                        rows -> {
                            Map<UUID, LockedJob> jobs = new HashMap<>();
                            for (Row row : rows) {
                                UUID id = row.getUUID("id");
                                jobs.put(
                                        id,
                                        new LockedJob(
                                                id,
                                                row.getString("owner"),
                                                row.getInteger("blocked")));
                            }
                            return jobs;
                        });
    }

    /**
     * For what processors report of tasks whose jobs are locked. Nobody else changes what a
     * processor holds without that lock, and the dispatcher touches only what is queued, of which
     * no processor has anything to report; so no row needs a lock of its own, which would have to
     * be logged.
     */
    Uni<Map<UUID, TaskMemory>> heldTasks(SqlConnection connection, UUID[] tasks) {
        return connection
                .preparedQuery(TASKS)
                .execute(Tuple.of((Object) tasks))
                .map(TaskReader::memories);
    }

    Uni<Map<UUID, TaskMemory>> lockTasks(SqlConnection connection, UUID[] tasks) {
        return connection
                .preparedQuery(LOCK_TASKS)
                .execute(Tuple.of((Object) tasks))
                .map(TaskReader::memories);
    }

    Uni<Map<UUID, TaskMemory>> lockFiles(SqlConnection connection, Collection<TaskMemory> ended) {
        List<TaskMemory> list = List.copyOf(ended);
        Tuple files =
                Tuple.of(
                        Sql.uuids(list, TaskMemory::jobId),
                        Sql.ints(list, task -> task.place.fileOrdinal()));
        return connection.preparedQuery(LOCK_FILES).execute(files).map(TaskReader::memories);
    }

    /** Which of these executions, all of these tasks, were given up. */
    Uni<Set<String>> fenced(SqlConnection connection, UUID[] tasks, UUID[] executions) {
        if (executions.length == 0) {
            return Uni.createFrom().item(Set.of());
        }
        return connection
                .preparedQuery(FENCED)
                .execute(Tuple.of(tasks, executions))
                .map(
                        rows -> {
                            Set<String> fenced = new HashSet<>();
                            rows.forEach(row -> fenced.add(row.getUUID("execution").toString()));
                            return fenced;
                        });
    }

    /** The steps of these jobs, by job. */
    Uni<Map<UUID, List<PlannedStep>>> steps(SqlConnection connection, UUID[] jobs) {
        return connection
                .preparedQuery(STEPS)
                .execute(Tuple.of((Object) jobs))
                .map(
                        rows ->
                                StreamSupport.stream(rows.spliterator(), false)
                                        .collect(
                                                Collectors.groupingBy(
                                                        row -> row.getUUID("job_id"),
                                                        Collectors.mapping(
                                                                this::step, Collectors.toList()))));
    }

    private PlannedStep step(Row row) {
        return new PlannedStep(
                row.getInteger("ordinal"),
                row.getString("id"),
                operations.descriptor(row.getString("operation")),
                row.getString("parameters"),
                Sql.integers(row.getArrayOfShorts("needs")),
                row.getInteger("input"));
    }

    private static Map<UUID, TaskMemory> memories(Iterable<Row> rows) {
        Map<UUID, TaskMemory> tasks = new HashMap<>();
        rows.forEach(row -> tasks.put(row.getUUID("id"), memory(row)));
        return tasks;
    }

    private static TaskMemory memory(Row row) {
        int attempt = row.getInteger("attempt");
        TaskState state =
                Sql.state(
                        row.getString("state"),
                        attempt,
                        row.getUUID("execution"),
                        row.getBoolean("stopping"));
        TaskMemory task = new TaskMemory(row.getUUID("id"), place(row), tries(row), attempt, state);
        task.input = input(row);
        task.losses = row.getInteger("losses");
        task.percentBefore = row.getInteger("percent");
        task.leaseEnded = row.getBoolean("lease_ended");
        task.begun = row.getBoolean("begun");
        return task;
    }

    private static TaskMemory.Place place(Row row) {
        return new TaskMemory.Place(
                row.getUUID("job_id"),
                row.getInteger("file_ordinal"),
                row.getInteger("step"),
                row.getUUID("parent"),
                row.getInteger("part"),
                row.getString("operation"));
    }

    private static TaskMemory.Tries tries(Row row) {
        return new TaskMemory.Tries(
                row.getInteger("max_attempts"),
                row.getInteger("allowed_attempts"),
                RetrySchedule.of(row.getString("retry_schedule")).orElse(RetrySchedule.STANDARD));
    }

    static @Nullable FileRef input(Row row) {
        Buffer sha256 = row.getBuffer("input_sha256");
        return sha256 == null
                ? null
                : new FileRef(
                        row.getString("input_name"),
                        row.getString("input_type"),
                        row.getLong("input_size"),
                        HexFormat.of().formatHex(sha256.getBytes()));
    }
}
