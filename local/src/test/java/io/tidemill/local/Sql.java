package io.tidemill.local;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** One plain connection to the database, as the application's user. */
final class Sql implements AutoCloseable {
    private final Connection connection;

    private Sql(Connection connection) {
        this.connection = connection;
    }

    static Sql connect(Map<String, String> environment) throws SQLException {
        String url =
                "jdbc:postgresql://%s:%s/%s"
                        .formatted(
                                environment.get("TIDEMILL_DATABASE_HOST"),
                                environment.get("TIDEMILL_DATABASE_PORT"),
                                environment.get("TIDEMILL_DATABASE_NAME"));
        return new Sql(
                DriverManager.getConnection(
                        url,
                        environment.get("TIDEMILL_DATABASE_USERNAME"),
                        environment.get("TIDEMILL_DATABASE_PASSWORD")));
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first value of the first row. */
    String query(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
