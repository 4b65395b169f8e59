package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds what nobody refers to any more. Each statement may run twice, or on two replicas at once,
 * without harm.
 */
@ApplicationScoped
public class PruneStore {
    // What open tasks work on. They are found by the open jobs.
    private static final String OPEN_INPUT =
            """
            with open_input as materialized (
              select t.input_sha256 as sha256 from job j cross join lateral (select * from task t where t.end_time is null and """
                    + TaskRange.ofJob("j.id")
                    + """
             offset 0) t
              where j.end_time is null)""";

    // Content of buried files, of which no file that is left and no open task has need.
    private static final String NOTE_UNREFERENCED =
            OPEN_INPUT
                    + """

            insert into unreferenced_content (sha256)
            select distinct f.sha256 from file f where f.delete_time is not null and not f.content_pruned
              and not exists (select 1 from file g where g.sha256 = f.sha256 and g.delete_time is null)
              and not exists (
                select 1 from open_input i where i.sha256 = decode(f.sha256, 'hex'))
            on conflict (sha256) do nothing""";

    private static final String DUE =
            OPEN_INPUT
                    + """
            ,
            due as materialized (
              select sha256 from unreferenced_content where since < now() - make_interval(secs => $1::int) limit $2),
            input as materialized (
              select distinct d.sha256 from due d join open_input i on i.sha256 = decode(d.sha256, 'hex'))
            delete from unreferenced_content u
            where u.sha256 in (select sha256 from due)
            returning u.sha256,
              exists (select 1 from file g where g.sha256 = u.sha256 and g.delete_time is null)
              or u.sha256 in (select sha256 from input) as needed""";

    private static final String PRUNED =
            "update file set content_pruned = true where sha256 = any($1) and delete_time is not null";

    private final Database database;
    private final IdempotencyStore idempotency;
    private final WorkerStore workers;

    public PruneStore(Database database, IdempotencyStore idempotency, WorkerStore workers) {
        this.database = database;
        this.idempotency = idempotency;
        this.workers = workers;
    }

    /** Forgets old idempotency keys and workers long gone. */
    public Uni<Void> forget(Duration keyAge) {
        return database.connected(connection -> idempotency.prune(connection, keyAge))
                .chain(workers::forgetGone);
    }

    /** Notes content that has lost its last reference; its grace period begins. */
    public Uni<Void> noteUnreferenced() {
        return database.query(NOTE_UNREFERENCED).replaceWithVoid();
    }

    /**
     * Content whose grace period is over and which is still not needed; it is taken off the list.
     */
    public Uni<List<String>> takeDue(Duration grace, int limit) {
        return database.query(DUE, Tuple.of((int) grace.toSeconds(), limit))
                .map(PruneStore::unneeded);
    }

    /** Notes that these bytes are gone. */
    public Uni<Void> pruned(List<String> sha256s) {
        return database.query(PRUNED, Tuple.of((Object) sha256s.toArray(String[]::new)))
                .replaceWithVoid();
    }

    private static List<String> unneeded(RowSet<Row> rows) {
        List<String> due = new ArrayList<>();
        for (Row row : rows) {
            if (!row.getBoolean("needed")) {
                due.add(row.getString("sha256"));
            }
        }
        return due;
    }
}
