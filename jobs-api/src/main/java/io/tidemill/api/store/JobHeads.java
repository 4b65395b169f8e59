package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Finds the tasks that will go first of jobs that stand still. Looks at the first open tasks of
 * each only, in the order of its files, so that a large job costs no more than a small one. Locks
 * nothing.
 */
@ApplicationScoped
public class JobHeads {
    // What is on its way may stand far behind what waits: another step, a file that was retried. So
    // a look at what is on its way at all, of which there is little, helps.
    static final String HEADS =
            Waiter.OFFERED
                    + """
            ,
            away as materialized (
              select job_id from (select job_id from task where state in ('DISPATCHED', 'RUNNING') limit 5000) f where job_id = any($1))
            select distinct on (t.job_id, t.operation, t.priority, t.state) t.job_id, t.state,
            """
                    + Waiter.COLUMNS
                    + ",\n"
                    + Waiter.REASON
                    + """

            from job j cross join lateral (
              select * from task t
              where t.state in ('QUEUED', 'RETRYING', 'DISPATCHED', 'RUNNING') and """
                    + TaskRange.ofJob("j.id")
                    + """

              order by t.id limit 16) t
            where j.id = any($1) and j.id not in (select job_id from away)
            order by t.job_id, t.operation, t.priority, t.state, t.due_time, t.id""";

    private static final Set<String> AWAY = Set.of("DISPATCHED", "RUNNING");

    private final Database database;

    JobHeads(Database database) {
        this.database = database;
    }

    /**
     * By job, for each of its operations and classes; none of jobs of which something is on its
     * way.
     */
    public Uni<Map<UUID, List<Waiter>>> of(List<UUID> jobs) {
        return database.query(HEADS, Tuple.of((Object) jobs.toArray(UUID[]::new)))
                .map(JobHeads::byJob);
    }

    private static Map<UUID, List<Waiter>> byJob(RowSet<Row> rows) {
        Map<UUID, List<Waiter>> heads = new HashMap<>();
        Set<UUID> away = new HashSet<>();
        for (Row row : rows) {
            UUID job = row.getUUID("job_id");
            Waiter waiter = Waiter.of(row);
            if (AWAY.contains(row.getString("state"))) {
                away.add(job);
            } else if (waiter != null) {
                heads.computeIfAbsent(job, _ -> new ArrayList<>()).add(waiter);
            }
        }
        heads.keySet().removeAll(away);
        return heads;
    }
}
