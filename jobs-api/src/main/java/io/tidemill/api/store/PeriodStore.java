package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * The periods of time in which jobs lie, with all that hangs on them: each has tables of its own,
 * and goes as a whole. Two replicas do not get into each other's way.
 */
@ApplicationScoped
public class PeriodStore {
    private static final String LOCK =
            "select pg_advisory_xact_lock(hashtextextended('period', 12))";

    // Dropping locks whole tables. Whoever works goes first: it is given up at once and tried again
    // later.
    private static final String HURRY = "set local lock_timeout = '200ms'";

    private static final String LAST = "select max(end_time) as end_time from period";

    private static final String OPEN = "select open_period($1)";

    private static final String NOTE_OPEN =
            """
            update period p set open_time = now()
            where exists (select from job j where j.end_time is null and j.id >= first_id(p.start_time) and j.id < first_id(p.end_time))""";

    private static final String OVER =
            "select name from period where greatest(end_time, open_time) < $1 order by end_time";

    private static final String OVERDUE =
            "select count(*) as periods from period where end_time < $1";

    private static final String DROP = "select drop_period($1) as dropped";

    private final Database database;

    public PeriodStore(Database database) {
        this.database = database;
    }

    /** How things stand: when the last period ends, and how many are kept because of open jobs. */
    public record Standing(Instant end, int overdue) {}

    /** Adds periods of this length until there is one for this moment. */
    public Uni<Void> openUntil(Instant moment, Duration length) {
        return database.inTransaction(
                connection ->
                        connection
                                .query(LOCK)
                                .execute()
                                .chain(() -> connection.query(LAST).execute())
                                .chain(rows -> open(connection, end(rows), moment, length)));
    }

    private static Uni<Void> open(
            SqlConnection connection, Instant end, Instant moment, Duration length) {
        if (!end.isBefore(moment)) {
            return Uni.createFrom().voidItem();
        }
        Instant next = end.plus(length);
        return connection
                .preparedQuery(OPEN)
                .execute(Tuple.of(next.atOffset(ZoneOffset.UTC)))
                .chain(() -> open(connection, next, moment, length));
    }

    private static Instant end(RowSet<Row> rows) {
        return rows.iterator().next().getOffsetDateTime("end_time").toInstant();
    }

    /** Periods that ended before this moment, and in which no job has been seen open since. */
    public Uni<List<String>> over(Instant moment) {
        return database.query(NOTE_OPEN)
                .chain(() -> database.query(OVER, Tuple.of(moment.atOffset(ZoneOffset.UTC))))
                .map(PeriodStore::names);
    }

    private static List<String> names(RowSet<Row> rows) {
        List<String> names = new ArrayList<>();
        rows.forEach(row -> names.add(row.getString("name")));
        return names;
    }

    /** Drops a period with all that is in it, unless a job of it is open; says whether it did. */
    public Uni<Boolean> drop(String period) {
        return database.inTransaction(
                connection ->
                        connection
                                .query(HURRY)
                                .execute()
                                .chain(
                                        () ->
                                                connection
                                                        .preparedQuery(DROP)
                                                        .execute(Tuple.of(period)))
                                .map(rows -> rows.iterator().next().getBoolean("dropped")));
    }

    /** After everything that could be dropped has been. */
    public Uni<Standing> standing(Instant moment) {
        return database.query(LAST)
                .chain(
                        last ->
                                database.query(OVERDUE, Tuple.of(moment.atOffset(ZoneOffset.UTC)))
                                        .map(
                                                rows ->
                                                        new Standing(
                                                                end(last),
                                                                rows.iterator()
                                                                        .next()
                                                                        .getInteger("periods"))));
    }
}
