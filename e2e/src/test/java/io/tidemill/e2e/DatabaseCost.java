package io.tidemill.e2e;

import io.tidemill.local.process.Wait;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * What the database of a running system has written so far, by its own counters.
 *
 * @param walBytes of its log, full images of pages included
 * @param commits of all that is done with it, timers and mere reads included
 * @param fsyncs of its log
 */
record DatabaseCost(long walBytes, long commits, long fsyncs) {
    // A server process tells its counters when it has been idle for ten seconds, if not before.
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(11);

    private static final String COUNTERS =
            """
            select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint,
                   (select xact_commit from pg_stat_database where datname = current_database()),
                   (select sum(fsyncs)::bigint from pg_stat_io where object = 'wal')""";

    /** Returns when all that was done before is counted. */
    static DatabaseCost of(Tidemill tidemill) throws SQLException {
        Wait.until(TOLD_WITHIN, () -> false);
        try (Connection connection = tidemill.database();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(COUNTERS)) {
            row.next();
            return new DatabaseCost(row.getLong(1), row.getLong(2), row.getLong(3));
        }
    }

    DatabaseCost since(DatabaseCost before) {
        return new DatabaseCost(
                walBytes - before.walBytes, commits - before.commits, fsyncs - before.fsyncs);
    }
}
