package io.tidemill.api.store;

import static io.tidemill.api.store.Sql.ints;
import static io.tidemill.api.store.Sql.longs;
import static io.tidemill.api.store.Sql.texts;
import static io.tidemill.api.store.Sql.uuids;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.lifecycle.PercentDone;
import io.tidemill.api.lifecycle.Tally;
import io.tidemill.api.plan.NewJob;
import io.tidemill.api.plan.PlannedStep;
import io.tidemill.api.plan.PlannedTask;
import io.tidemill.api.problem.Problems;
import io.tidemill.contract.FileRef;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The statements of a submission. New rows only: they wait for nobody and nobody waits for them.
 */
@ApplicationScoped
class SubmitWriter {
    private static final String USABLE_FILES =
            """
            select now() as now, coalesce($3 > now(), false) as scheduled, f.id, f.name, f.media_type, f.size, f.sha256
            from (values (1)) as once left join file f on f.id = any($1) and f.owner = $2 and f.delete_time is null""";

    private static final String INSERT_JOB =
            EventSql.logged(
                    """
            insert into job as j (id, owner, client_reference, pipeline, priority, labels, file_count, traceparent,
                             blocked, queued, failed, skipped, schedule_time, scheduled, deadline, max_failed, webhook, percent)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, coalesce($13 > now(), false), $14, $15,
                    (select e.id from webhook_endpoint e where e.id = $16 and e.owner = $2), $17)
            """
                            + EventSql.RETURNED
                            + """
            , true as logged, null::bytea as tasks, coalesce(j.deadline <= now(), false) as late,
                      j.webhook is distinct from $16 as unknown_webhook""",
                    "late, unknown_webhook");

    private static final String INSERT_STEPS =
            """
            insert into job_step (job_id, ordinal, id, operation, parameters, needs, input, blocked, queued, failed, skipped, weight, percent, input_bytes)
            select $1, ordinal, id, operation, parameters, string_to_array(needs, ',')::smallint[], input,
                   blocked, queued, failed, skipped, weight, percent, input_bytes
            from unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int[],
                        $8::int[], $9::int[], $10::int[], $11::int[], $12::int[], $13::int[], $14::bigint[])
              as s(ordinal, id, operation, parameters, needs, input, blocked, queued, failed, skipped, weight, percent, input_bytes)""";

    private static final String INSERT_TASKS =
            """
            insert into task (id, job_id, file_ordinal, file_ref, file_name, step, parent, operation, task_queue, owner, priority,
                              state, max_attempts, allowed_attempts, retry_schedule, input_name, input_type, input_size, input_sha256,
                              error, error_code, end_time, held)
            select t.id, $1, t.file_ordinal, t.file_ref, t.file_name, t.step, t.parent, t.operation, t.task_queue, $20, $2,
                   t.state, t.max_attempts, t.max_attempts, t.retry_schedule, t.input_name, t.input_type, t.input_size, decode(t.input_sha256, 'hex'),
                   t.error, t.error_code, case when t.state in ('FAILED', 'SKIPPED') then now() end,
                   j.scheduled and t.state not in ('FAILED', 'SKIPPED')
            from job j, unnest($3::uuid[], $4::int[], $5::text[], $6::text[], $7::int[], $8::uuid[], $9::text[], $10::text[],
                        $11::text[], $12::int[], $13::text[], $14::text[], $15::bigint[], $16::text[], $17::text[], $18::text[], $19::text[])
              as t(id, file_ordinal, file_ref, file_name, step, parent, operation, task_queue,
                   state, max_attempts, input_name, input_type, input_size, input_sha256, error, retry_schedule, error_code)
            where j.id = $1""";

    private final JsonColumns json;

    SubmitWriter(JsonColumns json) {
        this.json = json;
    }

    /**
     * What a submission meets.
     *
     * @param files those of the job's files that exist and belong to its owner
     * @param time of the transaction, by the database's clock: when the job is made
     * @param scheduled the job's time has not come
     */
    record Ground(Map<UUID, FileRef> files, Instant time, boolean scheduled) {}

    Uni<Ground> ground(SqlConnection connection, NewJob job) {
        UUID[] ids =
                job.files().stream()
                        .map(TypeId.FILE::parse)
                        .flatMap(Optional::stream)
                        .toArray(UUID[]::new);
        return connection
                .preparedQuery(USABLE_FILES)
                .execute(Tuple.of(ids, job.owner(), Sql.offset(job.terms().scheduleTime())))
                .map(SubmitWriter::ground);
    }

    /** There is a row even if there is no file. */
    private static Ground ground(RowSet<Row> rows) {
        Map<UUID, FileRef> files = HashMap.newHashMap(rows.size());
        for (Row row : rows) {
            UUID id = row.getUUID("id");
            if (id != null) {
                files.put(id, fileRef(row));
            }
        }
        Row any = rows.iterator().next();
        return new Ground(
                files, any.getOffsetDateTime("now").toInstant(), any.getBoolean("scheduled"));
    }

    private static FileRef fileRef(Row row) {
        return new FileRef(
                row.getString("name"),
                row.getString("media_type"),
                row.getLong("size"),
                row.getString("sha256"));
    }

    /**
     * Writes the job's own row. The database's clock decides, as it does later on.
     *
     * @throws io.tidemill.api.problem.ProblemException when its deadline has passed or its webhook
     *     is unknown; the transaction is to be undone
     */
    Uni<Void> insertJob(SqlConnection connection, NewJob job, List<PercentDone.Work> steps) {
        Tally tally = steps.stream().map(PercentDone.Work::tally).reduce(Tally.ZERO, Tally::plus);
        Tuple row =
                Tuple.tuple()
                        .addUUID(job.id())
                        .addString(job.owner())
                        .addString(job.clientReference())
                        .addString(job.pipeline())
                        .addInteger(job.priority().ordinal())
                        .addArrayOfString(Sql.labels(job.labels()))
                        .addInteger(job.files().size())
                        .addString(job.traceparent())
                        .addInteger(tally.blocked())
                        .addInteger(tally.queued())
                        .addInteger(tally.failed())
                        .addInteger(tally.skipped())
                        .addOffsetDateTime(Sql.offset(job.terms().scheduleTime()))
                        .addOffsetDateTime(Sql.offset(job.terms().deadline()))
                        .addInteger(job.terms().failureLimit().of(tally.total()))
                        .addUUID(job.webhook())
                        .addInteger(PercentDone.ofJob(steps));
        return connection
                .preparedQuery(INSERT_JOB)
                .execute(row)
                .invoke(rows -> refuse(rows.iterator().next()))
                .replaceWithVoid();
    }

    private static void refuse(Row row) {
        if (row.getBoolean("late")) {
            throw Problems.deadlinePassed();
        }
        if (row.getBoolean("unknown_webhook")) {
            throw Problems.unknownWebhook();
        }
    }

    Uni<Void> insertSteps(SqlConnection connection, NewJob job, List<StepPlan> plans) {
        List<PercentDone.Work> works = StepPlan.works(plans);
        List<PlannedStep> steps = job.steps();
        Function<ToIntFunction<Tally>, Integer[]> counts =
                count -> ints(works, work -> count.applyAsInt(work.tally()));
        Tuple rows =
                Tuple.tuple()
                        .addUUID(job.id())
                        .addArrayOfInteger(ints(steps, PlannedStep::ordinal))
                        .addArrayOfString(texts(steps, PlannedStep::id))
                        .addArrayOfString(texts(steps, step -> step.operation().name()))
                        .addArrayOfString(texts(steps, PlannedStep::parameters))
                        .addArrayOfString(texts(steps, SubmitWriter::joined))
                        .addArrayOfInteger(ints(steps, PlannedStep::input))
                        .addArrayOfInteger(counts.apply(Tally::blocked))
                        .addArrayOfInteger(counts.apply(Tally::queued))
                        .addArrayOfInteger(counts.apply(Tally::failed))
                        .addArrayOfInteger(counts.apply(Tally::skipped))
                        .addArrayOfInteger(ints(works, PercentDone.Work::weight))
                        .addArrayOfInteger(ints(works, PercentDone::ofStep))
                        .addArrayOfLong(longs(plans, StepPlan::inputBytes));
        return connection.preparedQuery(INSERT_STEPS).execute(rows).replaceWithVoid();
    }

    private static String joined(PlannedStep step) {
        return String.join(",", step.needs().stream().map(String::valueOf).toList());
    }

    Uni<Void> insertTasks(SqlConnection connection, NewJob job, List<PlannedTask> tasks) {
        Tuple rows =
                Tuple.tuple()
                        .addUUID(job.id())
                        .addInteger(job.priority().ordinal())
                        .addArrayOfUUID(uuids(tasks, PlannedTask::id))
                        .addArrayOfInteger(ints(tasks, PlannedTask::fileOrdinal))
                        .addArrayOfString(texts(tasks, PlannedTask::fileRef))
                        .addArrayOfString(texts(tasks, PlannedTask::fileName))
                        .addArrayOfInteger(ints(tasks, task -> task.step().ordinal()))
                        .addArrayOfUUID(uuids(tasks, PlannedTask::parent))
                        .addArrayOfString(texts(tasks, task -> task.step().operation().name()))
                        .addArrayOfString(texts(tasks, task -> task.step().operation().taskQueue()))
                        .addArrayOfString(texts(tasks, task -> Sql.name(task.state())))
                        .addArrayOfInteger(
                                ints(tasks, task -> job.retriesOf(task.step()).maxAttempts()))
                        .addArrayOfString(inputs(tasks, FileRef::name))
                        .addArrayOfString(inputs(tasks, FileRef::mediaType))
                        .addArrayOfLong(
                                longs(
                                        tasks,
                                        task -> task.input() == null ? null : task.input().size()))
                        .addArrayOfString(inputs(tasks, FileRef::sha256))
                        .addArrayOfString(texts(tasks, task -> json.write(task.failure())))
                        .addArrayOfString(
                                texts(tasks, task -> job.retriesOf(task.step()).schedule().id()))
                        .addArrayOfString(
                                texts(
                                        tasks,
                                        task ->
                                                task.failure() == null
                                                        ? null
                                                        : task.failure().code()))
                        .addString(job.owner());
        return connection.preparedQuery(INSERT_TASKS).execute(rows).replaceWithVoid();
    }

    private static String[] inputs(List<PlannedTask> tasks, Function<FileRef, String> field) {
        return texts(tasks, task -> inputField(task.input(), field));
    }

    private static @Nullable String inputField(
            @Nullable FileRef input, Function<FileRef, String> field) {
        return input == null ? null : field.apply(input);
    }
}
