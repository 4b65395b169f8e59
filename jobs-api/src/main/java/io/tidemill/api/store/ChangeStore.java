package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells which jobs have changed since, for many at once. Locks nothing. */
@ApplicationScoped
public class ChangeStore {
    // Two index lookups a job.
    private static final String VERSIONS =
            """
            select j.id, j.sequence, coalesce((select sum(s.percent) from job_step s where s.job_id = j.id), 0)::int as progress
            from job j where j.id = any($1) and j.delete_time is null""";

    // The greatest transaction of an owner would not do: an older one may commit later. Below the
    // horizon all have ended, so
    // what comes after a look is a further row at or above the horizon of that look.
    private static final String LOGS =
            """
            select o.owner, h.horizon,
                   (select count(*) from (select from job_event e where e.owner = o.owner and e.transaction >= o.horizon limit $3) r)::int as rows_then,
                   (select count(*) from (select from job_event e where e.owner = o.owner and e.transaction >= h.horizon limit $3) r)::int as rows_now
            from unnest($1::text[], $2::bigint[]) as o(owner, horizon),
                 (select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as horizon) h""";

    /** From so many rows on they are not counted. */
    private static final int MANY = 1_000;

    private final Database database;

    public ChangeStore(Database database) {
        this.database = database;
    }

    /**
     * How far an owner's log had come at a look.
     *
     * @param horizon transactions below had ended
     * @param rows of that transaction and later ones
     */
    public record LogMark(long horizon, int rows) {}

    /**
     * An owner's log at a look.
     *
     * @param grown whether it has rows that an earlier look did not see; true without one
     */
    public record Log(LogMark mark, boolean grown) {}

    /** What version these jobs have; deleted and unknown ones are left out. */
    public Uni<Map<UUID, JobVersion>> versions(Collection<UUID> jobs) {
        return database.query(VERSIONS, Tuple.tuple().addArrayOfUUID(jobs.toArray(UUID[]::new)))
                .map(ChangeStore::versions);
    }

    private static Map<UUID, JobVersion> versions(RowSet<Row> rows) {
        Map<UUID, JobVersion> versions = HashMap.newHashMap(rows.size());
        rows.forEach(
                row ->
                        versions.put(
                                row.getUUID("id"),
                                new JobVersion(
                                        row.getLong("sequence"), row.getInteger("progress"))));
        return versions;
    }

    /** How far the logs of these owners are, given how far they were at an earlier look. */
    public Uni<Map<String, Log>> logs(Collection<String> owners, Map<String, LogMark> earlier) {
        List<String> names = List.copyOf(owners);
        Tuple values =
                Tuple.tuple()
                        .addArrayOfString(names.toArray(String[]::new))
                        .addArrayOfLong(Sql.longs(names, name -> horizon(earlier.get(name))))
                        .addInteger(MANY);
        return database.query(LOGS, values).map(rows -> logs(rows, earlier));
    }

    private static @Nullable Long horizon(@Nullable LogMark mark) {
        return mark == null ? null : mark.horizon();
    }

    private static Map<String, Log> logs(RowSet<Row> rows, Map<String, LogMark> earlier) {
        Map<String, Log> logs = HashMap.newHashMap(rows.size());
        rows.forEach(
                row -> {
                    String owner = row.getString("owner");
                    logs.put(owner, log(row, earlier.get(owner)));
                });
        return logs;
    }

    private static Log log(Row row, @Nullable LogMark earlier) {
        int then = row.getInteger("rows_then");
        return new Log(
                new LogMark(row.getLong("horizon"), row.getInteger("rows_now")),
                earlier == null || then != earlier.rows() || then == MANY);
    }
}
