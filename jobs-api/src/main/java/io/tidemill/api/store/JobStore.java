package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.dto.Priority;
import io.tidemill.api.estimate.Pace;
import io.tidemill.api.lifecycle.JobState;
import io.tidemill.api.lifecycle.JobWishes;
import io.tidemill.api.lifecycle.StopReason;
import io.tidemill.api.store.JobSnapshot.StepSnapshot;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads and deletes jobs. A read costs the job's and its steps' counters, never a look at its
 * tasks.
 */
@ApplicationScoped
public class JobStore {
    private static final String JOBS =
            """
            with j as (
              select id, client_reference, pipeline, file_count, generation, sequence, percent, priority, labels, create_time, schedule_time, start_time,
                     end_time, deadline, stop_reason, paused, scheduled, delete_time,
                     (1000 * extract(epoch from now() - pace_time))::bigint as pace_millis, pace_done, pace_ended
              from job
            """;

    // One statement for jobs and steps, so that both are seen as they stood at the same moment.
    private static final String STEPS =
            """
            )
            select j.*, s.id as step_id, s.operation, s.begun, s.blocked, s.queued, s.running, s.retrying, s.succeeded, s.failed,
                   s.cancelled, s.skipped, s.weight, s.open_percent, s.percent as step_percent, s.needs, s.input_bytes
            from j left join job_step s on s.job_id = j.id order by j.id desc, s.ordinal""";

    private static final String FIND = JOBS + "where id = $1 and owner = $2" + STEPS;

    private static final String LIST =
            JOBS
                    + """
            where owner = $1 and delete_time is null and ($2::text is null or state = $2) and labels @> $3::text[]
              and ($3::text[] = '{}' or labels <> '{}') and ($4::uuid is null or id < $4)
            order by id desc limit $5
            """
                    + STEPS;

    private static final String OPEN =
            JOBS
                    + """
            where owner = $1 and delete_time is null and end_time is null and ($2::text[] = '{}' or state = any($2)) and labels @> $3::text[]
              and ($3::text[] = '{}' or labels <> '{}') and ($4::uuid is null or id < $4)
            order by id desc limit $5
            """
                    + STEPS;

    private static final String PLAN_ANEW = "set local plan_cache_mode = force_custom_plan";

    // Waits for a batch of events being applied to this job, then sees what it committed.
    private static final String LOCK =
            "select state, delete_time from job where id = $1 and owner = $2 for update";

    private static final String DELETE_LETTERS = "delete from dead_letter where job_id = $1";
    private static final String DELETE_ATTEMPTS =
            "delete from attempt where task_id in (select id from task t where "
                    + TaskRange.ofJob("$1")
                    + ")";
    private static final String DELETE_TASKS = "delete from task t where " + TaskRange.ofJob("$1");
    private static final String DELETE_STEPS = "delete from job_step where job_id = $1";
    private static final String DELETE_EVENTS = "delete from job_event where job_id = $1";
    private static final String BURY = "update job set delete_time = now() where id = $1";

    // In this order.
    private static final List<String> BURIAL =
            List.of(
                    DELETE_LETTERS,
                    DELETE_ATTEMPTS,
                    DELETE_TASKS,
                    DELETE_STEPS,
                    DELETE_EVENTS,
                    BURY);

    private final Database database;

    public JobStore(Database database) {
        this.database = database;
    }

    /** What there is under an id. */
    public sealed interface Found {
        record Present(JobSnapshot job) implements Found {}

        /** It was there and is deleted. */
        record Deleted() implements Found {}

        /** Nothing, or somebody else's. */
        record Unknown() implements Found {}
    }

    /** What came of a wish to delete. */
    public sealed interface Deletion {
        record Done() implements Deletion {}

        record Unknown() implements Deletion {}

        /** Its tasks have not all ended. */
        record NotEnded(JobState state) implements Deletion {}
    }

    /** A page's worth of a list. */
    public record Filter(
            @Nullable JobState state, List<String> labels, @Nullable UUID before, int limit) {}

    public Uni<Found> find(String owner, UUID id) {
        return database.query(FIND, Tuple.of(id, owner)).map(JobStore::found);
    }

    private static Found found(RowSet<Row> rows) {
        if (rows.size() == 0) {
            return new Found.Unknown();
        }
        return rows.iterator().next().getOffsetDateTime("delete_time") == null
                ? new Found.Present(snapshots(rows).getFirst())
                : new Found.Deleted();
    }

    /** Newest first; at most {@code limit}. */
    public Uni<List<JobSnapshot>> list(String owner, Filter filter) {
        Tuple values =
                Tuple.of(
                        owner,
                        filter.state() == null ? null : filter.state().name(),
                        filter.labels().toArray(String[]::new),
                        filter.before(),
                        filter.limit());
        return page(LIST, filter.labels(), values);
    }

    /**
     * Those that have not ended, newest first.
     *
     * @param states whichever when empty
     * @param before only those that are older than this one
     */
    public Uni<List<JobSnapshot>> open(
            String owner,
            Set<JobState> states,
            List<String> labels,
            @Nullable UUID before,
            int limit) {
        Tuple values =
                Tuple.of(
                        owner,
                        states.stream().map(JobState::name).toArray(String[]::new),
                        labels.toArray(String[]::new),
                        before,
                        limit);
        return page(OPEN, labels, values);
    }

    /**
     * Which index serves depends on how rare labels are, so with labels it is planned each time.
     */
    private Uni<List<JobSnapshot>> page(String sql, List<String> labels, Tuple values) {
        if (labels.isEmpty()) {
            return database.query(sql, values).map(JobStore::snapshots);
        }
        return database.inTransaction(
                connection ->
                        connection
                                .query(PLAN_ANEW)
                                .execute()
                                .chain(() -> connection.preparedQuery(sql).execute(values))
                                .map(JobStore::snapshots));
    }

    /**
     * Removes an ended job's tasks and events and leaves a tombstone. Doing it again changes
     * nothing.
     */
    public Uni<Deletion> delete(String owner, UUID id) {
        return database.inTransaction(
                connection ->
                        connection
                                .preparedQuery(LOCK)
                                .execute(Tuple.of(id, owner))
                                .chain(rows -> delete(connection, id, rows)));
    }

    private static Uni<Deletion> delete(SqlConnection connection, UUID id, RowSet<Row> rows) {
        if (rows.size() == 0) {
            return Uni.createFrom().item(new Deletion.Unknown());
        }
        Row row = rows.iterator().next();
        JobState state = JobState.valueOf(row.getString("state"));
        if (row.getOffsetDateTime("delete_time") != null) {
            return Uni.createFrom().item(new Deletion.Done());
        }
        if (!state.ended()) {
            return Uni.createFrom().item(new Deletion.NotEnded(state));
        }
        Tuple job = Tuple.of(id);
        Uni<?>[] statements =
                BURIAL.stream()
                        .map(statement -> connection.preparedQuery(statement).execute(job))
                        .toArray(Uni<?>[]::new);
        return Database.together(statements).replaceWith(new Deletion.Done());
    }

    /** Rows of one job stand together. */
    private static List<JobSnapshot> snapshots(RowSet<Row> rows) {
        Map<UUID, List<Row>> jobs = new LinkedHashMap<>();
        rows.forEach(
                row -> jobs.computeIfAbsent(row.getUUID("id"), _ -> new ArrayList<>()).add(row));
        return jobs.values().stream()
                .map(job -> snapshot(job.getFirst(), job.stream().map(JobStore::step).toList()))
                .toList();
    }

    private static StepSnapshot step(Row row) {
        return new StepSnapshot(
                row.getString("step_id"),
                row.getString("operation"),
                Sql.tally(row),
                row.getBoolean("begun"),
                row.getInteger("weight"),
                row.getInteger("open_percent"),
                row.getInteger("step_percent"),
                Sql.integers(row.getArrayOfShorts("needs")),
                row.getLong("input_bytes"));
    }

    private static JobSnapshot snapshot(Row row, List<StepSnapshot> steps) {
        return new JobSnapshot(
                row.getUUID("id"),
                row.getString("client_reference"),
                row.getString("pipeline"),
                row.getInteger("file_count"),
                row.getInteger("generation"),
                row.getLong("sequence"),
                row.getInteger("percent"),
                Priority.values()[row.getInteger("priority")],
                labels(row.getArrayOfStrings("labels")),
                row.getOffsetDateTime("create_time").toInstant(),
                Sql.instant(row.getOffsetDateTime("schedule_time")),
                Sql.instant(row.getOffsetDateTime("start_time")),
                Sql.instant(row.getOffsetDateTime("end_time")),
                Sql.instant(row.getOffsetDateTime("deadline")),
                wishes(row),
                steps,
                pace(row));
    }

    private static @Nullable Pace pace(Row row) {
        Long millis = row.getLong("pace_millis");
        return millis == null
                ? null
                : new Pace(millis, row.getLong("pace_done"), row.getInteger("pace_ended"));
    }

    private static JobWishes wishes(Row row) {
        String stop = row.getString("stop_reason");
        return new JobWishes(
                stop == null ? null : StopReason.valueOf(stop),
                row.getBoolean("paused"),
                row.getBoolean("scheduled"));
    }

    static Map<String, String> labels(String[] labels) {
        return Arrays.stream(labels)
                .map(label -> label.split(":", 2))
                .collect(
                        Collectors.toMap(
                                label -> label[0], label -> label[1], (a, _) -> a, TreeMap::new));
    }
}
