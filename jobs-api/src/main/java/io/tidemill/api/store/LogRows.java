package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.lifecycle.JobState;
import io.tidemill.api.store.LoggedChange.LoggedTask;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of the log, for those who read them. */
final class LogRows {
    /** Rows that one reader gets at once. */
    static final int PAGE = 100;

    private static final int PAGE_BYTES = 40_000;

    private static final String COLUMNS =
            "e.job_id, e.sequence, e.transaction, e.create_time, e.generation, e.state, e.percent, e.blocked, e.queued, e.running,"
                    + " e.retrying, e.succeeded, e.failed, e.cancelled, e.skipped, e.tasks";

    private static final String NAMES =
            """
            select t.id, t.file_ref, s.id as step from task t join job_step s on s.job_id = t.job_id and s.ordinal = t.step
            where t.id = any($1)""";

    private LogRows() {}

    /**
     * The next rows of one reader, each with how many bytes of tasks come {@code before} it and how
     * many rows were {@code found}; cut where they become too many.
     *
     * @param where which rows of {@code job_event e}
     */
    static String page(String where, String order) {
        return """
               (select * from (
                  select e.*, count(*) over () as found, row_number() over (order by %2$s) as number,
                         coalesce(sum(length(e.tasks)) over (order by %2$s rows between unbounded preceding and 1 preceding), 0) as before
                  from (select %3$s from job_event e where %1$s order by %2$s limit %4$d) e) e
                where e.number <= %5$d and e.before <= %6$d)"""
                .formatted(where, order, COLUMNS, PAGE + 1, PAGE, PAGE_BYTES);
    }

    /** What the tasks in these rows are called. */
    static Uni<Names> names(SqlConnection connection, RowSet<Row> rows) {
        Set<UUID> tasks = new LinkedHashSet<>();
        for (Row row : rows) {
            entries(row).forEach(entry -> tasks.add(entry.task()));
        }
        return tasks.isEmpty()
                ? Uni.createFrom().item(new Names(Map.of()))
                : connection
                        .preparedQuery(NAMES)
                        .execute(Tuple.of((Object) tasks.toArray(UUID[]::new)))
                        .map(LogRows::names);
    }

    private static Names names(RowSet<Row> rows) {
        Map<UUID, Name> names = new HashMap<>();
        for (Row row : rows) {
            names.put(
                    row.getUUID("id"), new Name(row.getString("file_ref"), row.getString("step")));
        }
        return new Names(names);
    }

    private static List<TaskEntries.Entry> entries(Row row) {
        Buffer packed = row.getBuffer("tasks");
        return packed == null ? List.of() : TaskEntries.unpack(packed.getDelegate());
    }

    private record Name(String file, String step) {}

    /** What tasks are called, apart from their ids. */
    record Names(Map<UUID, Name> byTask) {
        /** The row with everything told; tasks that have been removed since are left out. */
        LoggedChange change(Row row) {
            return new LoggedChange(
                    row.getUUID("job_id"),
                    row.getLong("sequence"),
                    row.getLong("transaction"),
                    row.getOffsetDateTime("create_time").toInstant(),
                    row.getInteger("generation"),
                    JobState.valueOf(row.getString("state")),
                    row.getInteger("percent"),
                    Sql.tally(row),
                    entries(row).stream().map(this::task).filter(Objects::nonNull).toList());
        }

        private @Nullable LoggedTask task(TaskEntries.Entry entry) {
            Name name = byTask.get(entry.task());
            return name == null
                    ? null
                    : new LoggedTask(
                            entry.task(), name.file, name.step, entry.state(), entry.attempt());
        }
    }
}
