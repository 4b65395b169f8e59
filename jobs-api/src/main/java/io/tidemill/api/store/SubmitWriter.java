package io.tidemill.api.store;

import static io.tidemill.api.store.Sql.ints;
import static io.tidemill.api.store.Sql.longs;
import static io.tidemill.api.store.Sql.texts;
import static io.tidemill.api.store.Sql.uuids;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.lifecycle.PercentDone;
import io.tidemill.api.lifecycle.Tally;
import io.tidemill.api.plan.NewJob;
import io.tidemill.api.plan.PlannedStep;
import io.tidemill.api.plan.PlannedTask;
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
    /** The most tasks that are sent in one message. */
    private static final int CHUNK = 4_000;

    private static final String LOOK =
            "select now() as now, coalesce($4 > now(), false) as scheduled, coalesce($5 <= now(), false) as late, "
                    + "$6::uuid is not null and not exists (select from webhook_endpoint where id = $6 and owner = $1) as unknown_webhook, "
                    + IdempotencyStore.COLUMNS
                    + ", f.id, f.name, f.media_type, f.size, f.sha256"
                    + " from (values (1)) as once left join idempotency_key k on k.owner = $1 and k.key = $2"
                    + " left join file f on f.id = any($3) and f.owner = $1 and f.delete_time is null";

    /** Of tasks; takes $1 to $20. */
    private static final String INSERT_TASKS =
            """
            insert into task (id, job_id, file_ordinal, file_ref, file_name, step, parent, operation, task_queue, owner, priority,
                              state, max_attempts, allowed_attempts, retry_schedule, input_name, input_type, input_size, input_sha256,
                              error, error_code, end_time, held)
            select t.id, $1, t.file_ordinal, t.file_ref, t.file_name, t.step, t.parent, t.operation, t.task_queue, $2, $3,
                   t.state, t.max_attempts, t.max_attempts, t.retry_schedule, t.input_name, t.input_type, t.input_size, decode(t.input_sha256, 'hex'),
                   t.error, t.error_code, case when t.state in ('FAILED', 'SKIPPED') then now() end,
                   j.scheduled and t.state not in ('FAILED', 'SKIPPED')
            from %s j, unnest($4::uuid[], $5::int[], $6::text[], $7::text[], $8::int[], $9::uuid[], $10::text[], $11::text[],
                        $12::text[], $13::int[], $14::text[], $15::text[], $16::bigint[], $17::text[], $18::text[], $19::text[], $20::text[])
              as t(id, file_ordinal, file_ref, file_name, step, parent, operation, task_queue,
                   state, max_attempts, input_name, input_type, input_size, input_sha256, error, retry_schedule, error_code)
            where j.id = $1""";

    /** Of steps; takes $21 to $33. */
    private static final String INSERT_STEPS =
            """
            insert into job_step (job_id, ordinal, id, operation, parameters, needs, input, blocked, queued, failed, skipped, weight, percent, input_bytes)
            select $1, ordinal, id, operation, parameters, string_to_array(needs, ',')::smallint[], input,
                   blocked, queued, failed, skipped, weight, percent, input_bytes
            from unnest($21::int[], $22::text[], $23::text[], $24::text[], $25::text[], $26::int[],
                        $27::int[], $28::int[], $29::int[], $30::int[], $31::int[], $32::int[], $33::bigint[])
              as s(ordinal, id, operation, parameters, needs, input, blocked, queued, failed, skipped, weight, percent, input_bytes)""";

    /** Of the job; takes $34 to $49. */
    private static final String INSERT_JOB =
            """
            insert into job as j (id, owner, client_reference, pipeline, priority, labels, file_count, traceparent,
                             blocked, queued, failed, skipped, create_time, schedule_time, scheduled, deadline, max_failed, percent, webhook)
            values ($1, $2, $34, $35, $3, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48,
                    (select e.id from webhook_endpoint e where e.id = $49 and e.owner = $2))
            """
                    + EventSql.RETURNED
                    + ", true as logged, null::bytea as tasks, j.scheduled";

    private static final String WRITE =
            EventSql.logged(
                    INSERT_JOB,
                    List.of(
                            INSERT_STEPS,
                            INSERT_TASKS.formatted("changed"),
                            IdempotencyStore.insert(50)),
                    "id");

    private static final String MORE_TASKS = INSERT_TASKS.formatted("job");

    private final Database database;
    private final JsonColumns json;

    SubmitWriter(Database database, JsonColumns json) {
        this.database = database;
        this.json = json;
    }

    /**
     * What a submission meets.
     *
     * @param files those of the job's files that exist and belong to its owner
     * @param time by the database's clock: when the job is made
     * @param scheduled the job's time has not come
     * @param late its deadline has passed
     * @param unknownWebhook it names one that its owner does not have
     */
    record Ground(
            Map<UUID, FileRef> files,
            Instant time,
            boolean scheduled,
            boolean late,
            boolean unknownWebhook) {}

    /** What there is before anything is written: the answer given before, and the ground. */
    record Seen(Optional<Answer> earlier, Ground ground) {}

    /**
     * Looks around, and writes nothing.
     *
     * @throws io.tidemill.api.problem.ProblemException 422 when the key was used for something else
     */
    Uni<Seen> look(NewJob job, @Nullable IdempotencyClaim claim) {
        UUID[] ids =
                job.files().stream()
                        .map(TypeId.FILE::parse)
                        .flatMap(Optional::stream)
                        .toArray(UUID[]::new);
        Tuple values =
                Tuple.of(
                        job.owner(),
                        claim == null ? null : claim.key(),
                        ids,
                        Sql.offset(job.terms().scheduleTime()),
                        Sql.offset(job.terms().deadline()),
                        job.webhook());
        return database.query(LOOK, values).map(rows -> seen(rows, claim));
    }

    /** There is a row even if there is no file. */
    private static Seen seen(RowSet<Row> rows, @Nullable IdempotencyClaim claim) {
        Map<UUID, FileRef> files = HashMap.newHashMap(rows.size());
        for (Row row : rows) {
            UUID id = row.getUUID("id");
            if (id != null) {
                files.put(id, fileRef(row));
            }
        }
        Row any = rows.iterator().next();
        return new Seen(
                IdempotencyStore.answer(any, claim),
                new Ground(
                        files,
                        any.getOffsetDateTime("now").toInstant(),
                        any.getBoolean("scheduled"),
                        any.getBoolean("late"),
                        any.getBoolean("unknown_webhook")));
    }

    private static FileRef fileRef(Row row) {
        return new FileRef(
                row.getString("name"),
                row.getString("media_type"),
                row.getLong("size"),
                row.getString("sha256"));
    }

    /**
     * A job to be written.
     *
     * @param tasks all of them
     * @param answer to be kept if there is a claim
     */
    record Written(
            NewJob job,
            Ground ground,
            List<StepPlan> steps,
            List<PlannedTask> tasks,
            @Nullable IdempotencyClaim claim,
            Answer answer) {}

    /**
     * Writes a job, its steps, its tasks and its answer, all or nothing: as one statement, which
     * PostgreSQL commits by itself, unless there are too many tasks for one message. Fails with
     * {@link IdempotencyStore#isTaken} when its key has got an answer since the look.
     */
    Uni<Void> write(Written written) {
        List<PlannedTask> tasks = written.tasks;
        if (tasks.size() <= CHUNK) {
            return database.query(WRITE, rows(written, tasks)).replaceWithVoid();
        }
        return database.inTransaction(connection -> writeInChunks(connection, written));
    }

    private Uni<Void> writeInChunks(SqlConnection connection, Written written) {
        List<PlannedTask> tasks = written.tasks;
        return IdempotencyStore.hold(connection, written.claim)
                .chain(
                        () ->
                                connection
                                        .preparedQuery(WRITE)
                                        .execute(rows(written, chunk(tasks, 0))))
                .onItem()
                .transformToMulti(_ -> Multi.createFrom().range(1, chunks(tasks)))
                .onItem()
                .transformToUniAndConcatenate(
                        chunk -> writeTasks(connection, written.job, chunk(tasks, chunk)))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static int chunks(List<PlannedTask> tasks) {
        return (tasks.size() + CHUNK - 1) / CHUNK;
    }

    private static List<PlannedTask> chunk(List<PlannedTask> tasks, int chunk) {
        return tasks.subList(chunk * CHUNK, Math.min(tasks.size(), (chunk + 1) * CHUNK));
    }

    private Uni<Void> writeTasks(SqlConnection connection, NewJob job, List<PlannedTask> tasks) {
        Tuple rows = Tuple.tuple();
        addTasks(rows, job, tasks);
        return connection.preparedQuery(MORE_TASKS).execute(rows).replaceWithVoid();
    }

    private Tuple rows(Written written, List<PlannedTask> tasks) {
        NewJob job = written.job;
        Tuple rows = Tuple.tuple();
        addTasks(rows, job, tasks);
        addSteps(rows, job.steps(), written.steps);
        addJob(rows, job, written.ground, StepPlan.works(written.steps));
        return IdempotencyStore.add(rows, written.claim, written.answer);
    }

    private void addTasks(Tuple rows, NewJob job, List<PlannedTask> tasks) {
        rows.addUUID(job.id())
                .addString(job.owner())
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
                .addArrayOfInteger(ints(tasks, task -> job.retriesOf(task.step()).maxAttempts()))
                .addArrayOfString(inputs(tasks, FileRef::name))
                .addArrayOfString(inputs(tasks, FileRef::mediaType))
                .addArrayOfLong(
                        longs(tasks, task -> task.input() == null ? null : task.input().size()))
                .addArrayOfString(inputs(tasks, FileRef::sha256))
                .addArrayOfString(texts(tasks, task -> json.write(task.failure())))
                .addArrayOfString(texts(tasks, task -> job.retriesOf(task.step()).schedule().id()))
                .addArrayOfString(
                        texts(
                                tasks,
                                task -> task.failure() == null ? null : task.failure().code()));
    }

    private static void addSteps(Tuple rows, List<PlannedStep> steps, List<StepPlan> plans) {
        List<PercentDone.Work> works = StepPlan.works(plans);
        Function<ToIntFunction<Tally>, Integer[]> counts =
                count -> ints(works, work -> count.applyAsInt(work.tally()));
        rows.addArrayOfInteger(ints(steps, PlannedStep::ordinal))
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
    }

    private static String joined(PlannedStep step) {
        return String.join(",", step.needs().stream().map(String::valueOf).toList());
    }

    private static void addJob(
            Tuple rows, NewJob job, Ground ground, List<PercentDone.Work> steps) {
        Tally tally = steps.stream().map(PercentDone.Work::tally).reduce(Tally.ZERO, Tally::plus);
        rows.addString(job.clientReference())
                .addString(job.pipeline())
                .addArrayOfString(Sql.labels(job.labels()))
                .addInteger(job.files().size())
                .addString(job.traceparent())
                .addInteger(tally.blocked())
                .addInteger(tally.queued())
                .addInteger(tally.failed())
                .addInteger(tally.skipped())
                .addOffsetDateTime(Sql.offset(ground.time))
                .addOffsetDateTime(Sql.offset(job.terms().scheduleTime()))
                .addBoolean(ground.scheduled)
                .addOffsetDateTime(Sql.offset(job.terms().deadline()))
                .addInteger(job.terms().failureLimit().of(tally.total()))
                .addInteger(PercentDone.ofJob(steps))
                .addUUID(job.webhook());
    }

    private static String[] inputs(List<PlannedTask> tasks, Function<FileRef, String> field) {
        return texts(tasks, task -> inputField(task.input(), field));
    }

    private static @Nullable String inputField(
            @Nullable FileRef input, Function<FileRef, String> field) {
        return input == null ? null : field.apply(input);
    }
}
