package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.dto.Priority;
import io.tidemill.api.lifecycle.JobState;
import io.tidemill.api.lifecycle.Tally;
import io.tidemill.api.store.JobSnapshot.StepSnapshot;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads and deletes jobs. A read costs the job's and its steps' counters, never a look at its
 * tasks, but for the few that run.
 */
@ApplicationScoped
public class JobStore {
    private static final String COLUMNS =
            """
            select id, client_reference, pipeline, file_count, generation, priority, labels, create_time, start_time, end_time,
                   delete_time, state
            from job
            """;

    private static final String FIND = COLUMNS + "where id = $1 and owner = $2";

    private static final String LIST =
            COLUMNS
                    + """
            where owner = $1 and delete_time is null and ($2::text is null or state = $2) and labels @> $3::text[]
              and ($4::uuid is null or id < $4)
            order by id desc limit $5""";

    private static final String STEPS =
            """
            select s.job_id, s.id, s.operation, s.begun, s.blocked, s.queued, s.running, s.retrying, s.succeeded, s.failed, s.cancelled,
                   s.skipped,
                   case when s.running = 0 then 0 else
                     (select coalesce(sum(t.percent), 0) from task t
                      where t.job_id = s.job_id and t.state = 'RUNNING' and t.step = s.ordinal) end::int as running_percent
            from job_step s where s.job_id = any($1) order by s.job_id, s.ordinal""";

    // Waits for a batch of events being applied to this job, then sees what it committed.
    private static final String LOCK =
            "select state, delete_time from job where id = $1 and owner = $2 for update";

    private static final String DELETE_TASKS = "delete from task where job_id = $1";
    private static final String DELETE_STEPS = "delete from job_step where job_id = $1";
    private static final String BURY = "update job set delete_time = now() where id = $1";

    private final Pool pool;

    public JobStore(Pool pool) {
        this.pool = pool;
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
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(id, owner))
                .chain(
                        rows -> {
                            if (rows.size() == 0) {
                                return Uni.createFrom().item(new Found.Unknown());
                            }
                            if (rows.iterator().next().getOffsetDateTime("delete_time") != null) {
                                return Uni.createFrom().item(new Found.Deleted());
                            }
                            return snapshots(pool, rows)
                                    .map(jobs -> new Found.Present(jobs.getFirst()));
                        });
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
        return pool.preparedQuery(LIST).execute(values).chain(rows -> snapshots(pool, rows));
    }

    /** Removes an ended job's tasks and leaves a tombstone. Doing it again changes nothing. */
    public Uni<Deletion> delete(String owner, UUID id) {
        return pool.withTransaction(
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
        return connection
                .preparedQuery(DELETE_TASKS)
                .execute(job)
                .chain(() -> connection.preparedQuery(DELETE_STEPS).execute(job))
                .chain(() -> connection.preparedQuery(BURY).execute(job))
                .replaceWith(new Deletion.Done());
    }

    private static Uni<List<JobSnapshot>> snapshots(SqlClient client, RowSet<Row> jobs) {
        List<UUID> ids = new ArrayList<>();
        jobs.forEach(row -> ids.add(row.getUUID("id")));
        if (ids.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return client.preparedQuery(STEPS)
                .execute(Tuple.of((Object) ids.toArray(UUID[]::new)))
                .map(
                        rows -> {
                            Map<UUID, List<StepSnapshot>> steps = steps(rows);
                            List<JobSnapshot> snapshots = new ArrayList<>();
                            jobs.forEach(
                                    row ->
                                            snapshots.add(
                                                    snapshot(
                                                            row,
                                                            steps.getOrDefault(
                                                                    row.getUUID("id"),
                                                                    List.of()))));
                            return snapshots;
                        });
    }

    private static Map<UUID, List<StepSnapshot>> steps(RowSet<Row> rows) {
        Map<UUID, List<StepSnapshot>> steps = new HashMap<>();
        for (Row row : rows) {
            Tally tally = Sql.tally(row);
            steps.computeIfAbsent(row.getUUID("job_id"), _ -> new ArrayList<>())
                    .add(
                            new StepSnapshot(
                                    row.getString("id"),
                                    row.getString("operation"),
                                    tally,
                                    row.getBoolean("begun"),
                                    row.getInteger("running_percent")));
        }
        return steps;
    }

    private static JobSnapshot snapshot(Row row, List<StepSnapshot> steps) {
        return new JobSnapshot(
                row.getUUID("id"),
                row.getString("client_reference"),
                row.getString("pipeline"),
                row.getInteger("file_count"),
                row.getInteger("generation"),
                Priority.values()[row.getInteger("priority")],
                labels(row.getArrayOfStrings("labels")),
                row.getOffsetDateTime("create_time").toInstant(),
                Sql.instant(row.getOffsetDateTime("start_time")),
                Sql.instant(row.getOffsetDateTime("end_time")),
                steps);
    }

    private static Map<String, String> labels(String[] labels) {
        return Arrays.stream(labels)
                .map(label -> label.split(":", 2))
                .collect(
                        Collectors.toMap(
                                label -> label[0], label -> label[1], (a, _) -> a, TreeMap::new));
    }
}
