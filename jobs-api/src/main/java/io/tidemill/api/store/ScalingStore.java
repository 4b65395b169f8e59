package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Counts what a pool of processors has to do. Reads no more of the backlog than any pool could
 * take.
 */
@ApplicationScoped
public class ScalingStore {
    static final int MOST = 10_000;

    static final String LOAD =
            """
            select (select count(*) from (select from task where task_queue = $1 and state = 'QUEUED' and not held and due_time <= now()
                                          limit $2) w)
                 + (select count(*) from (select from task where task_queue = $1 and state in ('DISPATCHED', 'RUNNING') limit $2) r) as tasks""";

    private final Database database;

    ScalingStore(Database database) {
        this.database = database;
    }

    /** Tasks that are due, and those that are with processors or on their way to them. */
    public Uni<Integer> load(String taskQueue) {
        return database.query(LOAD, Tuple.of(taskQueue, MOST))
                .map(rows -> Math.min(MOST, rows.iterator().next().getInteger("tasks")));
    }
}
