package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.estimate.QueueOutlook;
import io.tidemill.api.estimate.QueuedTask.Place;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Finds the places of tasks among those of their owner. Reads index {@code task_queued} only, once
 * for each operation and class, never further than the last of the tasks and never more than 10 000
 * entries, whatever the backlog. Locks nothing.
 */
@ApplicationScoped
public class QueuePlaces {
    /** So far a line is looked at. */
    static final int DEPTH = QueueOutlook.MOST_POSITION;

    // A line: flows that go together, by class and then by age. $6 to $8: the last that is asked
    // for.
    static final String PLACES =
            """
            with line as materialized (
              select t.id, row_number() over w - 1 as before, sum(f.millis) over w - f.millis as before_millis
              from unnest($3::text[], $4::int[], $5::text[]) as f(operation, millis, line)
              cross join generate_series(0, $6::int) as class
              cross join lateral (
                select id, due_time from task
                where task_queue = $1 and owner = $2 and operation = f.operation and priority = class
                  and state = 'QUEUED' and not held
                  and (due_time, id) <= (case when class = $6 then $7 else now() end,
                                         case when class = $6 then $8 else 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid end)
                order by due_time, id limit DEPTH) t
              window w as (partition by f.line order by class, t.due_time, t.id rows unbounded preceding)),
            depth as materialized (select count(*) as seen from line)
            select n.id, l.before, l.before_millis, d.seen
            from unnest($9::uuid[]) as n(id) cross join depth d left join line l on l.id = n.id"""
                    .replace("DEPTH", String.valueOf(DEPTH));

    private static final Comparator<Waiter> ORDER =
            Comparator.comparingInt(Waiter::priority)
                    .thenComparing(Waiter::dueTime)
                    .thenComparing(waiter -> waiter.id().toString());

    private final Database database;

    QueuePlaces(Database database) {
        this.database = database;
    }

    /**
     * Tasks of one operation of one owner that wait.
     *
     * @param millis expected working time of one
     * @param line flows of the same line go together; one that may not go now has a line of its own
     */
    public record Flow(String operation, int millis, String line) {}

    /**
     * The places of some tasks, all of one owner and one task queue.
     *
     * @param flows of that owner in that task queue
     */
    public Uni<Map<UUID, Place>> of(List<Waiter> waiters, List<Flow> flows) {
        Waiter last = waiters.stream().max(ORDER).orElseThrow();
        Tuple values =
                Tuple.tuple()
                        .addString(last.taskQueue())
                        .addString(last.owner())
                        .addArrayOfString(Sql.texts(flows, Flow::operation))
                        .addArrayOfInteger(Sql.ints(flows, Flow::millis))
                        .addArrayOfString(Sql.texts(flows, Flow::line))
                        .addInteger(last.priority())
                        .addOffsetDateTime(Sql.offset(last.dueTime()))
                        .addUUID(last.id())
                        .addArrayOfUUID(Sql.uuids(waiters, Waiter::id));
        return database.query(PLACES, values).map(QueuePlaces::places);
    }

    private static Map<UUID, Place> places(RowSet<Row> rows) {
        Map<UUID, Place> places = HashMap.newHashMap(rows.size());
        rows.forEach(row -> places.put(row.getUUID("id"), place(row)));
        return places;
    }

    /** One that is not found stands behind all that was seen, or has gone by now. */
    private static Place place(Row row) {
        Long before = row.getLong("before");
        if (before == null) {
            before = row.getLong("seen") < DEPTH ? 0L : DEPTH;
        }
        Double millis = row.getDouble("before_millis");
        return new Place(
                (int) Math.min(before, DEPTH), millis == null ? 0 : millis, before < DEPTH);
    }
}
