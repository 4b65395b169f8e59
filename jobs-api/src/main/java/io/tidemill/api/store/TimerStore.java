package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Finds tasks and jobs whose time has come, by the database's clock. Locks nothing: whoever applies
 * the signals checks again.
 */
@ApplicationScoped
public class TimerStore {
    private static final String LEASE_ENDED =
            "select id from task where state in ('DISPATCHED', 'RUNNING') and lease_until < clock_timestamp()"
                    + " order by lease_until limit $1";

    private static final String RETRY_DUE =
            "select id from task where state = 'RETRYING' and due_time <= clock_timestamp() order by due_time limit $1";

    private static final String SCHEDULE_DUE =
            "select id from job where scheduled and schedule_time <= clock_timestamp() order by schedule_time limit $1";

    private static final String DEADLINE_PASSED =
            """
            select id from job where end_time is null and stop_reason is null and deadline is not null
              and deadline <= clock_timestamp() order by deadline limit $1""";

    private static final String OVER_LIMIT =
            "select id from job where end_time is null and stop_reason is null and failed > max_failed order by id limit $1";

    private final Database database;

    public TimerStore(Database database) {
        this.database = database;
    }

    /** Tasks whose worker has fallen silent. */
    public Uni<List<UUID>> leaseEnded(int limit) {
        return find(LEASE_ENDED, limit);
    }

    /** Tasks whose next attempt is due. */
    public Uni<List<UUID>> retryDue(int limit) {
        return find(RETRY_DUE, limit);
    }

    /** Jobs whose time has come. */
    public Uni<List<UUID>> scheduleDue(int limit) {
        return find(SCHEDULE_DUE, limit);
    }

    /** Open jobs whose deadline has passed. */
    public Uni<List<UUID>> deadlinePassed(int limit) {
        return find(DEADLINE_PASSED, limit);
    }

    /** Open jobs of which more tasks have failed than they allow. */
    public Uni<List<UUID>> overLimit(int limit) {
        return find(OVER_LIMIT, limit);
    }

    private Uni<List<UUID>> find(String sql, int limit) {
        return database.query(sql, Tuple.of(limit)).map(TimerStore::ids);
    }

    private static List<UUID> ids(RowSet<Row> rows) {
        List<UUID> ids = new ArrayList<>(rows.size());
        rows.forEach(row -> ids.add(row.getUUID("id")));
        return ids;
    }
}
