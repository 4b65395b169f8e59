package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
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

    private final Database database;

    public LoadStore(Database database) {
        this.database = database;
    }

    /**
     * Open tasks by owner, and how long the database took to count them, without the wait for a
     * connection.
     */
    public record Load(Map<String, Long> openTasks, Duration took) {}

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
