package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what waits, runs and is broken, to be measured; by one replica at a time. What it reads
 * grows with the jobs, owners and slots there are, never with the tasks that wait. Locks nothing.
 */
@ApplicationScoped
public class SampleStore {
    // A lock of the session, which goes on in the pool: it is kept until the connection ends, and
    // whoever remembers the process at its other end knows whether it still holds it.
    private static final String ROLE =
            """
            select case
              when exists (select from pg_locks where locktype = 'advisory' and classid = 7464 and objid = 1 and objsubid = 2
                             and granted and pid = $1) then $1
              when pg_try_advisory_lock(7464, 1) then pg_backend_pid() end as holder""";

    // Counters of the oldest open jobs; those that were sent and have not begun count as well.
    // There
    // may be as many jobs as tasks, and then the rest is left out: counting a million tasks
    // themselves takes seconds. The steps of each are looked up, however many there are of others.
    static final String DEPTHS =
            """
            select s.operation, j.priority, sum(s.queued)::bigint as tasks
            from (select id, priority, queued, paused, scheduled from job where end_time is null order by id limit 20000) j
            cross join lateral (select operation, queued from job_step where job_id = j.id and queued > 0 offset 0) s
            where j.queued > 0 and not j.paused and not j.scheduled
            group by s.operation, j.priority""";

    // Jumps through the index from one (owner, operation, class) to the next; the first of each is
    // its oldest.
    static final String OLDEST =
            """
            with recursive flow as (
              (select task_queue, owner, operation, priority, due_time from task where state = 'QUEUED' and not held
               order by task_queue, owner, operation, priority, due_time limit 1)
              union all
              select n.* from flow f cross join lateral (
                select task_queue, owner, operation, priority, due_time from task
                where state = 'QUEUED' and not held
                  and (task_queue, owner, operation, priority) > (f.task_queue, f.owner, f.operation, f.priority)
                order by task_queue, owner, operation, priority, due_time limit 1) n)
            select task_queue, priority, greatest(0, extract(epoch from now() - min(due_time)))::float8 as age
            from (select * from flow limit 10000) flows group by task_queue, priority""";

    private static final String LEASES =
            """
            select task_queue, count(*) filter (where execution is not null) as leases from task
            where state in ('DISPATCHED', 'RUNNING') group by task_queue""";

    private static final String WORKERS =
            """
            select task_queue, count(*) as workers, sum(slots)::bigint as slots from worker
            where last_seen > now() - interval '1 minute' group by task_queue""";

    private final Database database;
    private final CircuitStore circuits;
    private volatile @Nullable Integer holder;

    SampleStore(Database database, CircuitStore circuits) {
        this.database = database;
        this.circuits = circuits;
    }

    /** Waiting tasks of an operation in a class: 0 HIGH, 1 NORMAL, 2 LOW. */
    public record Depth(String operation, int priority, long tasks) {}

    /** For how many seconds the oldest waiting task of a class has been due. */
    public record Oldest(String taskQueue, int priority, double seconds) {}

    /** Tasks that processors hold. */
    public record Leases(String taskQueue, long tasks) {}

    /** Live processors and the bundles they work on at once. */
    public record Workers(String taskQueue, long workers, long slots) {}

    /**
     * All of it, as it stood a moment ago.
     *
     * @param openCircuits operations of which nothing is sent
     * @param took how long it took to look
     */
    public record Sample(
            List<Depth> depths,
            List<Oldest> oldest,
            List<Leases> leases,
            List<Workers> workers,
            Set<String> openCircuits,
            Duration took) {}

    /** A sample, if it is this replica that takes them; else null. */
    public Uni<@Nullable Sample> sample() {
        return database.query(ROLE, Tuple.of(holder == null ? 0 : holder))
                .map(rows -> rows.iterator().next().getInteger("holder"))
                .invoke(found -> holder = found)
                .chain(
                        found ->
                                found == null
                                        ? Uni.createFrom().nullItem()
                                        : database.connected(this::look));
    }

    private Uni<Sample> look(SqlConnection connection) {
        long begin = System.nanoTime();
        return Uni.combine()
                .all()
                .unis(
                        LimitStore.list(connection, DEPTHS, SampleStore::depth),
                        LimitStore.list(connection, OLDEST, SampleStore::oldest),
                        LimitStore.list(connection, LEASES, SampleStore::leases),
                        LimitStore.list(connection, WORKERS, SampleStore::workers),
                        circuits.all(connection))
                .with(
                        (depths, oldest, leases, workers, standings) ->
                                new Sample(
                                        depths,
                                        oldest,
                                        leases,
                                        workers,
                                        standings.values().stream()
                                                .filter(CircuitStore.Standing::holds)
                                                .map(CircuitStore.Standing::operation)
                                                .collect(Collectors.toSet()),
                                        Duration.ofNanos(System.nanoTime() - begin)));
    }

    private static Depth depth(Row row) {
        return new Depth(
                row.getString("operation"), row.getInteger("priority"), row.getLong("tasks"));
    }

    private static Oldest oldest(Row row) {
        return new Oldest(
                row.getString("task_queue"), row.getInteger("priority"), row.getDouble("age"));
    }

    private static Leases leases(Row row) {
        return new Leases(row.getString("task_queue"), row.getLong("leases"));
    }

    private static Workers workers(Row row) {
        return new Workers(
                row.getString("task_queue"), row.getLong("workers"), row.getLong("slots"));
    }
}
