package io.tidemill.bench.peer;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The peer's own database, named by the variables that PostgreSQL's programs know. */
final class PeerDatabase {
    private static final long PAUSE_MILLIS = 20;

    private PeerDatabase() {}

    static HikariDataSource pool(int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(
                "jdbc:postgresql://%s:%s/%s"
                        .formatted(value("PGHOST"), value("PGPORT"), value("PGDATABASE")));
        config.setUsername(value("PGUSER"));
        config.setPassword(value("PGPASSWORD"));
        config.setMaximumPoolSize(connections);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        return new HikariDataSource(config);
    }

    private static String value(String name) {
        return System.getenv().getOrDefault(name, "");
    }

    /** Runs this SQL, several statements if need be. */
    static void execute(HikariDataSource pool, String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Returns when the query, a count, tells this number. */
    static void await(HikariDataSource pool, String query, long wanted)
            throws SQLException, InterruptedException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            while (number(statement, query) != wanted) {
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
