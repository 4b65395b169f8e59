package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts what is open. Locks nothing; reads only jobs that have not ended, by their index. */
@ApplicationScoped
public class LoadStore {
    static final String OPEN_TASKS =
            """
            select owner, sum(blocked + queued + running + retrying) as open
            from job
            where end_time is null
            group by owner""";

    // Those that were sent and have not begun count as well. What is held for somebody does not.
    // The
    // steps of each job are looked up, however many there are of others.
    static final String WAITING =
            """
            select j.owner, s.operation, sum(s.queued) as waiting
            from job j cross join lateral (select operation, queued from job_step where job_id = j.id and queued > 0 offset 0) s
            where j.end_time is null and j.queued > 0 and not j.paused and not j.scheduled
            group by j.owner, s.operation""";

    private final Database database;

    public LoadStore(Database database) {
        this.database = database;
    }

    /**
     * Open tasks by owner, and how long the database took to count them, without the wait for a
     * connection.
     */
    public record Load(Map<String, Long> openTasks, Duration took) {}

    /** Tasks of an owner that may be sent, or were sent and have not begun. */
    record Waiting(String owner, String operation, long tasks) {}

    static Uni<List<Waiting>> waiting(SqlConnection connection) {
        return LimitStore.list(
                connection,
                WAITING,
                row ->
                        new Waiting(
                                row.getString("owner"),
                                row.getString("operation"),
                                row.getLong("waiting")));
    }

    public Uni<Load> load() {
        return database.connected(LoadStore::load);
    }

    private static Uni<Load> load(SqlConnection connection) {
        long begin = System.nanoTime();
        return connection
                .preparedQuery(OPEN_TASKS)
                .execute()
                .map(rows -> new Load(byOwner(rows), Duration.ofNanos(System.nanoTime() - begin)));
    }

    private static Map<String, Long> byOwner(RowSet<Row> rows) {
        Map<String, Long> open = HashMap.newHashMap(rows.size());
        rows.forEach(row -> open.put(row.getString("owner"), row.getLong("open")));
        return open;
    }
}
