package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Looks whether open jobs and their tasks agree, and mends them where they do not. It should never
 * find anything; each mending is one transaction that locks the job and looks again.
 */
@ApplicationScoped
public class ReconcileStore {
    // At least one, and no more when those before have this many tasks: all of them are counted.
    private static final String OPEN_JOBS =
            """
            select id from (
              select id, sum(tasks) over (order by id rows unbounded preceding) - tasks as before
              from (select id, blocked + queued + running + retrying + succeeded + failed + cancelled + skipped as tasks
                    from job where end_time is null and id > $1 order by id limit $2) j) j
            where before < $3 order by id""";

    private static final String COUNTED =
            """
            select job_id, step,
                   count(*) filter (where state = 'BLOCKED')::int as blocked,
                   count(*) filter (where state in ('QUEUED', 'DISPATCHED'))::int as queued,
                   count(*) filter (where state = 'RUNNING')::int as running,
                   count(*) filter (where state = 'RETRYING')::int as retrying,
                   count(*) filter (where state = 'SUCCEEDED')::int as succeeded,
                   count(*) filter (where state = 'FAILED')::int as failed,
                   count(*) filter (where state = 'CANCELLED')::int as cancelled,
                   count(*) filter (where state = 'SKIPPED')::int as skipped,
                   coalesce(sum(percent) filter (where end_time is null), 0)::int as open_percent
            from unnest($1::uuid[]) w(id) cross join lateral (select * from task t where """
                    + TaskRange.ofJob("w.id")
                    + " offset 0) t group by job_id, step\n";

    private static final String SAME =
            """
            (s.blocked, s.queued, s.running, s.retrying, s.succeeded, s.failed, s.cancelled, s.skipped, s.open_percent)
              is not distinct from
              (coalesce(c.blocked, 0), coalesce(c.queued, 0), coalesce(c.running, 0), coalesce(c.retrying, 0),
               coalesce(c.succeeded, 0), coalesce(c.failed, 0), coalesce(c.cancelled, 0), coalesce(c.skipped, 0),
               coalesce(c.open_percent, 0))
            """;

    private static final String SUMS =
            """
            select coalesce(sum(blocked), 0)::int as blocked, coalesce(sum(queued), 0)::int as queued,
                   coalesce(sum(running), 0)::int as running, coalesce(sum(retrying), 0)::int as retrying,
                   coalesce(sum(succeeded), 0)::int as succeeded, coalesce(sum(failed), 0)::int as failed,
                   coalesce(sum(cancelled), 0)::int as cancelled, coalesce(sum(skipped), 0)::int as skipped
            from job_step where job_id = j.id
            """;

    private static final String MISCOUNTED =
            "with c as ("
                    + COUNTED
                    + """
                    )
                    select distinct s.job_id as id from job_step s left join c on c.job_id = s.job_id and c.step = s.ordinal
                    where s.job_id = any($1) and not (
                    """
                    + SAME
                    + """
                    )
                    union
                    select j.id from job j, lateral (
                    """
                    + SUMS
                    + """
                    ) c where j.id = any($1) and (j.blocked, j.queued, j.running, j.retrying, j.succeeded, j.failed, j.cancelled, j.skipped)
                      is distinct from (c.blocked, c.queued, c.running, c.retrying, c.succeeded, c.failed, c.cancelled, c.skipped)""";

    private static final String LOCK =
            "select id from job where id = $1 and end_time is null for update";

    private static final String RECOUNT_STEPS =
            "with c as ("
                    + COUNTED
                    + """
                    )
                    update job_step s set
                      blocked = coalesce(c.blocked, 0), queued = coalesce(c.queued, 0), running = coalesce(c.running, 0),
                      retrying = coalesce(c.retrying, 0), succeeded = coalesce(c.succeeded, 0), failed = coalesce(c.failed, 0),
                      cancelled = coalesce(c.cancelled, 0), skipped = coalesce(c.skipped, 0), open_percent = coalesce(c.open_percent, 0),
                      percent = least(s.percent, 99)
                    from job_step o left join c on c.job_id = o.job_id and c.step = o.ordinal
                    where o.job_id = any($1) and s.job_id = o.job_id and s.ordinal = o.ordinal""";

    // Were it wrong, it could have told of more than there is.
    private static final String PERCENT_OF_STEPS =
            "update job_step s set percent = greatest(least(s.percent, 99), "
                    + PercentSql.OF_STEP
                    + ") where s.job_id = any($1)";

    private static final String RECOUNT_JOB =
            EventSql.logged(
                    """
            update job j set
              blocked = c.blocked, queued = c.queued, running = c.running, retrying = c.retrying, succeeded = c.succeeded,
              failed = c.failed, cancelled = c.cancelled, skipped = c.skipped,
              end_time = case when c.blocked + c.queued + c.running + c.retrying = 0 then now() end,
              sequence = j.sequence + 1, percent = greatest(least(j.percent, 99), """
                            + PercentSql.OF_JOB
                            + """
            ) from (select $1::uuid as id) w, lateral (
            """
                            + SUMS.replace("j.id", "w.id")
                            + """
                    ) c where j.id = w.id"""
                            + EventSql.RETURNED
                            + ", true as logged, null::bytea as tasks, j.end_time is not null as ended",
                    "ended");

    // A blocked task goes on when a task of its file ends; with none left open, nothing would ever
    // wake it.
    private static final String STRANDED =
            """
            select t.job_id, t.file_ordinal, min(t.id::text)::uuid as task
            from unnest($1::uuid[]) w(id) cross join lateral (select * from task t where t.end_time is null and """
                    + TaskRange.ofJob("w.id")
                    + """
             offset 0) t
            group by t.job_id, t.file_ordinal having bool_and(t.state = 'BLOCKED') limit 1000""";

    private final Database database;
    private final TaskReader reader;
    private final Unblocker unblocker;
    private final BatchRun run;
    private final DeliveryWriter deliveries;

    public ReconcileStore(
            Database database,
            TaskReader reader,
            Unblocker unblocker,
            BatchRun run,
            DeliveryWriter deliveries) {
        this.deliveries = deliveries;
        this.database = database;
        this.reader = reader;
        this.unblocker = unblocker;
        this.run = run;
    }

    /**
     * Open jobs in the order of their ids, after that one.
     *
     * @param limit jobs at most
     * @param tasks which all but the last of them may have together
     */
    public Uni<List<UUID>> openJobs(UUID after, int limit, int tasks) {
        return database.query(OPEN_JOBS, Tuple.of(after, limit, tasks))
                .map(rows -> column(rows, "id"));
    }

    /** Jobs among these whose counters are not what their tasks say. */
    public Uni<List<UUID>> miscounted(List<UUID> jobs) {
        return database.query(MISCOUNTED, Tuple.of((Object) jobs.toArray(UUID[]::new)))
                .map(rows -> column(rows, "id"));
    }

    /** Counts a job's tasks anew; ends it when none is open. */
    public Uni<Applied> recount(UUID job) {
        return database.inTransaction(
                connection ->
                        connection
                                .preparedQuery(LOCK)
                                .execute(Tuple.of(job))
                                .chain(
                                        rows ->
                                                rows.size() == 0
                                                        ? Uni.createFrom().item(Applied.NOTHING)
                                                        : recount(connection, job)));
    }

    private Uni<Applied> recount(SqlConnection connection, UUID job) {
        return connection
                .preparedQuery(RECOUNT_STEPS)
                .execute(Tuple.of((Object) new UUID[] {job}))
                .chain(
                        () ->
                                connection
                                        .preparedQuery(PERCENT_OF_STEPS)
                                        .execute(Tuple.of((Object) new UUID[] {job})))
                .chain(() -> connection.preparedQuery(RECOUNT_JOB).execute(Tuple.of(job)))
                .map(rows -> rows.iterator().next().getBoolean("ended"))
                .map(ended -> ended ? Set.of(job) : Set.<UUID>of())
                .call(ended -> deliveries.jobsEnded(connection, ended))
                .map(ended -> new Applied(Set.of(job), ended, Set.of(), Set.of(), true));
    }

    /** Jobs among these with files of which only blocked tasks are left, and one such task each. */
    public Uni<Map<UUID, List<UUID>>> stranded(List<UUID> jobs) {
        return database.query(STRANDED, Tuple.of((Object) jobs.toArray(UUID[]::new)))
                .map(
                        rows -> {
                            Map<UUID, List<UUID>> stranded = new HashMap<>();
                            rows.forEach(
                                    row ->
                                            stranded.computeIfAbsent(
                                                            row.getUUID("job_id"),
                                                            _ -> new ArrayList<>())
                                                    .add(row.getUUID("task")));
                            return stranded;
                        });
    }

    /** Lets the blocked tasks of some files go on, or skips them, by what they wait for. */
    public Uni<Applied> wake(UUID job, List<UUID> oneOfEachFile) {
        return database.inTransaction(
                connection ->
                        connection
                                .preparedQuery(LOCK)
                                .execute(Tuple.of(job))
                                .chain(
                                        rows ->
                                                rows.size() == 0
                                                        ? Uni.createFrom().item(Applied.NOTHING)
                                                        : wake(connection, job, oneOfEachFile)));
    }

    private Uni<Applied> wake(SqlConnection connection, UUID job, List<UUID> tasks) {
        TallyChanges tallies = new TallyChanges();
        return reader.lockTasks(connection, tasks.toArray(UUID[]::new))
                .chain(some -> reader.lockFiles(connection, some.values()))
                .chain(all -> follow(connection, job, all, tallies))
                .chain(() -> run.count(connection, tallies))
                .map(
                        counted ->
                                new Applied(
                                        Set.of(job),
                                        Set.copyOf(counted.ended()),
                                        Set.of(),
                                        Set.of(),
                                        true));
    }

    private Uni<Void> follow(
            SqlConnection connection, UUID job, Map<UUID, TaskMemory> tasks, TallyChanges tallies) {
        return reader.steps(connection, new UUID[] {job})
                .chain(steps -> unblocker.follow(connection, tasks, steps, Map.of(), tallies));
    }

    private static List<UUID> column(RowSet<Row> rows, String name) {
        List<UUID> ids = new ArrayList<>(rows.size());
        rows.forEach(row -> ids.add(row.getUUID(name)));
        return ids;
    }
}
