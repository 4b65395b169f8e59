package io.tidemill.api.store;

import static io.tidemill.api.store.Sql.booleans;
import static io.tidemill.api.store.Sql.ints;
import static io.tidemill.api.store.Sql.longs;
import static io.tidemill.api.store.Sql.texts;
import static io.tidemill.api.store.Sql.uuids;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.config.ApiConfig;
import io.tidemill.api.lifecycle.Tally;
import io.tidemill.api.lifecycle.TaskState;
import io.tidemill.contract.FileRef;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a batch came to. Every row it touches is locked by {@link TaskReader}; all statements
 * are set-based and hot.
 */
@ApplicationScoped
class TaskWriter {
    private static final String UPDATE_TASKS =
            """
            update task t set
              state = c.state, attempt = c.attempt, execution = c.execution, stopping = c.stopping, losses = c.losses, worker = coalesce(nullif(c.worker, ''), t.worker),
              lease_until = case when c.state in ('DISPATCHED', 'RUNNING') and c.execution is not null then clock_timestamp() + make_interval(secs => $1::float8) end,
              due_time = case when c.delay is null then t.due_time else now() + c.delay * interval '1 millisecond' end,
              start_time = case when (c.state = 'RUNNING' and not c.stopping) or c.state = 'SUCCEEDED' or (c.state in ('RETRYING', 'FAILED') and c.execution_seen)
                                then coalesce(t.start_time, now()) else t.start_time end,
              end_time = case when c.state in ('SUCCEEDED', 'FAILED', 'CANCELLED', 'SKIPPED') then now() end,
              percent = case when c.state not in ('SUCCEEDED', 'FAILED', 'CANCELLED', 'SKIPPED') then greatest(t.percent, c.percent) end,
              activity = case when c.state = 'RUNNING' then coalesce(nullif(c.activity, ''), t.activity) end,
              checkpoint = coalesce(c.checkpoint, t.checkpoint),
              result = coalesce(c.result, t.result),
              error = case when c.stopping or c.state in ('RETRYING', 'FAILED', 'CANCELLED', 'SKIPPED') then coalesce(c.error, t.error) end,
              error_code = case when c.stopping or c.state in ('RETRYING', 'FAILED', 'CANCELLED', 'SKIPPED')
                                then coalesce(c.error_code, t.error_code) end,
              input_name = coalesce(c.input_name, t.input_name), input_type = coalesce(c.input_type, t.input_type),
              input_size = coalesce(c.input_size, t.input_size), input_sha256 = coalesce(decode(c.input_sha256, 'hex'), t.input_sha256)
            from unnest($2::uuid[], $3::text[], $4::int[], $5::uuid[], $6::text[], $7::bigint[], $8::bool[], $9::int[],
                        $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::bigint[], $17::text[],
                        $18::bool[], $19::int[], $20::text[])
              as c(id, state, attempt, execution, worker, delay, execution_seen, percent,
                   activity, checkpoint, result, error, input_name, input_type, input_size, input_sha256, stopping, losses, error_code)
            where t.id = c.id""";

    private static final String UPSERT_ATTEMPTS =
            """
            insert into attempt as a (execution, task_id, number, worker, start_time, end_time, outcome, error)
            select c.execution, c.task_id, c.number, c.worker, case when c.outcome not in ('RELEASED', 'STOPPED') then now() end,
                   case when c.ended then now() end, c.outcome, c.error
            from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::bool[], $6::text[], $7::text[])
              as c(execution, task_id, number, worker, ended, outcome, error)
            on conflict (task_id, execution) do update
              set end_time = excluded.end_time, outcome = excluded.outcome, error = excluded.error
              where a.end_time is null""";

    private static final String INSERT_OUTPUTS =
            """
            insert into file (id, owner, name, size, media_type, sha256, made_by)
            select * from unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::uuid[])""";

    private static final String INSERT_DEAD_LETTERS =
            """
            insert into dead_letter (id, kind, task_id, job_id, owner, operation, code, detail)
            select c.id, 'TASK', t.id, t.job_id, j.owner, t.operation, c.code, c.detail
            from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) as c(id, task_id, code, detail)
            join task t on t.id = c.task_id join job j on j.id = t.job_id
            on conflict (task_id) do nothing""";

    private static final String CHANGES =
            """
            from unnest($1::uuid[], $2::int[], $3::bool[], $4::int[], $5::int[], $6::int[], $7::int[], $8::int[], $9::int[], $10::int[],
                        $11::int[], $12::int[]%s)
              as c(job_id, ordinal, begun, blocked, queued, running, retrying, succeeded, failed, cancelled, skipped, open_percent%s)
            """;

    private static final String COUNT_STEPS =
            """
            update job_step s set
              blocked = s.blocked + c.blocked, queued = s.queued + c.queued, running = s.running + c.running,
              retrying = s.retrying + c.retrying, succeeded = s.succeeded + c.succeeded, failed = s.failed + c.failed,
              cancelled = s.cancelled + c.cancelled, skipped = s.skipped + c.skipped, begun = s.begun or c.begun,
              open_percent = s.open_percent + c.open_percent,
              percent = greatest(s.percent, """
                    + PercentSql.OF_CHANGED_STEP
                    + ") "
                    + CHANGES.formatted("", "")
                    + "where s.job_id = c.job_id and s.ordinal = c.ordinal";

    // After the steps. What has only come further is not logged. What was cancelled or opened again
    // is no work done or undone:
    // the pace is taken anew.
    private static final String COUNT_JOBS =
            EventSql.logged(
                    """
                    update job j set
                      blocked = j.blocked + c.blocked, queued = j.queued + c.queued, running = j.running + c.running,
                      retrying = j.retrying + c.retrying, succeeded = j.succeeded + c.succeeded, failed = j.failed + c.failed,
                      cancelled = j.cancelled + c.cancelled, skipped = j.skipped + c.skipped,
                      start_time = case when c.begun then coalesce(j.start_time, now()) else j.start_time end,
                      end_time = case when j.blocked + j.queued + j.running + j.retrying
                                         + c.blocked + c.queued + c.running + c.retrying = 0 then now() end,
                      pace_time = case when c.cancelled > 0 or least(c.failed, c.cancelled, c.skipped) < 0 then null
                                       when c.begun then coalesce(j.pace_time, now()) else j.pace_time end,
                      pace_done = case when c.begun and j.pace_time is null then """
                            + PercentSql.DONE_OF_JOB
                            + """
                                       else j.pace_done end,
                      pace_ended = case when c.begun and j.pace_time is null
                                        then j.succeeded + j.failed + j.cancelled + j.skipped + c.succeeded + c.failed + c.cancelled + c.skipped
                                        else j.pace_ended end,
                      sequence = j.sequence + c.logged::int,
                      percent = greatest(j.percent, """
                            + PercentSql.OF_JOB
                            + ") "
                            + CHANGES.formatted(", $13::bool[], $14::bytea[]", ", logged, tasks")
                            + "where j.id = c.job_id"
                            + EventSql.RETURNED
                            + """
                            , c.logged, c.tasks, j.end_time is not null as ended,
                              j.end_time is null and j.stop_reason is null and coalesce(j.failed > j.max_failed, false) as over_limit""",
                    "id, ended, over_limit");

    private static final double MILLIS = 1_000;

    private final double leaseSeconds;
    private final JsonColumns json;

    TaskWriter(ApiConfig config, JsonColumns json) {
        this.json = json;
        leaseSeconds = config.lease().duration().toMillis() / MILLIS;
    }

    /** A file a task made. */
    record NewOutput(UUID id, String owner, UUID task, FileRef file) {}

    Uni<Void> updateTasks(SqlConnection connection, List<TaskMemory> tasks) {
        Tuple rows =
                Tuple.tuple()
                        .addDouble(leaseSeconds)
                        .addArrayOfUUID(uuids(tasks, task -> task.id))
                        .addArrayOfString(texts(tasks, task -> Sql.name(task.state)))
                        .addArrayOfInteger(ints(tasks, TaskMemory::attempt))
                        .addArrayOfUUID(uuids(tasks, TaskMemory::execution))
                        .addArrayOfString(texts(tasks, task -> task.worker))
                        .addArrayOfLong(longs(tasks, task -> task.delayMillis))
                        .addArrayOfBoolean(booleans(tasks, task -> task.worker != null))
                        .addArrayOfInteger(ints(tasks, task -> task.percent))
                        .addArrayOfString(texts(tasks, task -> task.activity))
                        .addArrayOfString(texts(tasks, task -> task.checkpoint))
                        .addArrayOfString(texts(tasks, task -> task.result))
                        .addArrayOfString(texts(tasks, task -> json.write(task.failure)))
                        .addArrayOfString(
                                texts(tasks, task -> task.input == null ? null : task.input.name()))
                        .addArrayOfString(
                                texts(
                                        tasks,
                                        task -> task.input == null ? null : task.input.mediaType()))
                        .addArrayOfLong(
                                longs(tasks, task -> task.input == null ? null : task.input.size()))
                        .addArrayOfString(
                                texts(
                                        tasks,
                                        task -> task.input == null ? null : task.input.sha256()))
                        .addArrayOfBoolean(
                                booleans(tasks, task -> task.state instanceof TaskState.Stopping))
                        .addArrayOfInteger(ints(tasks, task -> task.losses))
                        .addArrayOfString(texts(tasks, TaskWriter::code));
        return tasks.isEmpty()
                ? Uni.createFrom().voidItem()
                : connection.preparedQuery(UPDATE_TASKS).execute(rows).replaceWithVoid();
    }

    Uni<Void> upsertAttempts(SqlConnection connection, Collection<AttemptChange> changes) {
        List<AttemptChange> attempts = List.copyOf(changes);
        Tuple rows =
                Tuple.tuple()
                        .addArrayOfUUID(uuids(attempts, AttemptChange::execution))
                        .addArrayOfUUID(uuids(attempts, AttemptChange::taskId))
                        .addArrayOfInteger(ints(attempts, AttemptChange::number))
                        .addArrayOfString(texts(attempts, AttemptChange::worker))
                        .addArrayOfBoolean(booleans(attempts, AttemptChange::ended))
                        .addArrayOfString(texts(attempts, AttemptChange::outcome))
                        .addArrayOfString(texts(attempts, AttemptChange::error));
        return attempts.isEmpty()
                ? Uni.createFrom().voidItem()
                : connection.preparedQuery(UPSERT_ATTEMPTS).execute(rows).replaceWithVoid();
    }

    Uni<Void> insertOutputs(SqlConnection connection, List<NewOutput> outputs) {
        Tuple rows =
                Tuple.tuple()
                        .addArrayOfUUID(uuids(outputs, NewOutput::id))
                        .addArrayOfString(texts(outputs, NewOutput::owner))
                        .addArrayOfString(texts(outputs, output -> output.file().name()))
                        .addArrayOfLong(longs(outputs, output -> output.file().size()))
                        .addArrayOfString(texts(outputs, output -> output.file().mediaType()))
                        .addArrayOfString(texts(outputs, output -> output.file().sha256()))
                        .addArrayOfUUID(uuids(outputs, NewOutput::task));
        return outputs.isEmpty()
                ? Uni.createFrom().voidItem()
                : connection.preparedQuery(INSERT_OUTPUTS).execute(rows).replaceWithVoid();
    }

    /** Notes tasks that failed for good. */
    Uni<Void> insertDeadLetters(
            SqlConnection connection, List<TaskMemory> tasks, Supplier<UUID> ids) {
        Tuple rows =
                Tuple.of(
                        uuids(tasks, _ -> ids.get()),
                        uuids(tasks, task -> task.id),
                        texts(tasks, task -> Objects.requireNonNullElse(code(task), "UNKNOWN")),
                        texts(tasks, task -> task.failure == null ? "" : task.failure.detail()));
        return tasks.isEmpty()
                ? Uni.createFrom().voidItem()
                : connection.preparedQuery(INSERT_DEAD_LETTERS).execute(rows).replaceWithVoid();
    }

    private static @Nullable String code(TaskMemory task) {
        return task.failure == null ? null : task.failure.code();
    }

    Uni<Void> countSteps(SqlConnection connection, List<TallyChanges.StepChange> changes) {
        return changes.isEmpty()
                ? Uni.createFrom().voidItem()
                : connection.preparedQuery(COUNT_STEPS).execute(counts(changes)).replaceWithVoid();
    }

    /**
     * What the counting of jobs brought to light: those that ended, those with too many failures.
     */
    record Counted(List<UUID> ended, List<UUID> overLimit) {
        static final Counted NOTHING = new Counted(List.of(), List.of());
    }

    /** Brings the jobs' counters up to date and logs their changes; after their steps. */
    Uni<Counted> countJobs(SqlConnection connection, List<TallyChanges.JobChange> changes) {
        Tuple rows =
                counts(changes.stream().map(TallyChanges.JobChange::sum).toList())
                        .addArrayOfBoolean(booleans(changes, TallyChanges.JobChange::isLogged))
                        .addValue(tasks(changes));
        return changes.isEmpty()
                ? Uni.createFrom().item(Counted.NOTHING)
                : connection
                        .preparedQuery(COUNT_JOBS)
                        .execute(rows)
                        .map(
                                counted ->
                                        new Counted(
                                                ids(counted, "ended"), ids(counted, "over_limit")));
    }

    private static Buffer[] tasks(List<TallyChanges.JobChange> changes) {
        return changes.stream()
                .map(change -> TaskEntries.pack(change.tasks()))
                .toArray(Buffer[]::new);
    }

    private static List<UUID> ids(RowSet<Row> rows, String condition) {
        List<UUID> ids = new ArrayList<>();
        for (Row row : rows) {
            if (row.getBoolean(condition)) {
                ids.add(row.getUUID("id"));
            }
        }
        return ids;
    }

    private static Tuple counts(List<TallyChanges.StepChange> changes) {
        Tuple rows =
                Tuple.tuple()
                        .addArrayOfUUID(uuids(changes, TallyChanges.StepChange::jobId))
                        .addArrayOfInteger(ints(changes, TallyChanges.StepChange::step))
                        .addArrayOfBoolean(booleans(changes, TallyChanges.StepChange::begun));
        List<ToIntFunction<Tally>> columns =
                List.of(
                        Tally::blocked,
                        Tally::queued,
                        Tally::running,
                        Tally::retrying,
                        Tally::succeeded,
                        Tally::failed,
                        Tally::cancelled,
                        Tally::skipped);
        columns.forEach(
                column ->
                        rows.addArrayOfInteger(
                                ints(changes, change -> column.applyAsInt(change.delta()))));
        return rows.addArrayOfInteger(ints(changes, TallyChanges.StepChange::openPercent));
    }
}
