package io.tidemill.bench.measure;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What PostgreSQL 18 says it has done so far. Each server process tells it at most once a second
 * while it works, within ten seconds when it falls idle, and when it ends: read it {@link
 * #SETTLING_SECONDS} after the work.
 *
 * @param commits transactions committed in this database, whether they wrote or not
 * @param fsyncs of the log and of everything else, by the whole server
 * @param walBytes written to the log by the whole server
 */
public record PostgresCounters(double commits, double fsyncs, double walBytes) {
    public static final int SETTLING_SECONDS = 11;

    private static final String READ =
            """
            select (select xact_commit from pg_stat_database where datname = current_database()),
                   (select coalesce(sum(fsyncs), 0) from pg_stat_io),
                   (select wal_bytes from pg_stat_wal)""";

    public static PostgresCounters read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(READ)) {
            rows.next();
            return new PostgresCounters(rows.getDouble(1), rows.getDouble(2), rows.getDouble(3));
        }
    }

    public PostgresCounters minus(PostgresCounters before) {
        return new PostgresCounters(
                commits - before.commits, fsyncs - before.fsyncs, walBytes - before.walBytes);
    }

    /** So many times as much, or so little. */
    public PostgresCounters times(double factor) {
        return new PostgresCounters(commits * factor, fsyncs * factor, walBytes * factor);
    }
}
