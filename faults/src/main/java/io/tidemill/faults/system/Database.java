package io.tidemill.faults.system;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;

/** PostgreSQL as its administrator sees it. */
public final class Database {
    private static final String SUPERUSER = "postgres";

    /** By this name our own connections are told from those of the services. */
    private static final String STRANGER = "tidemill-faults";

    /** The database with the services' tables. */
    private final String name;

    private final String url;
    private final String owner;
    private final String password;

    Database(Map<String, String> environment) {
        this.name = environment.getOrDefault("TIDEMILL_DATABASE_NAME", "");
        this.owner = environment.getOrDefault("TIDEMILL_DATABASE_USERNAME", "");
        this.password = environment.getOrDefault("TIDEMILL_DATABASE_PASSWORD", "");
        this.url =
                "jdbc:postgresql://%s:%s/"
                        .formatted(
                                environment.get("TIDEMILL_DATABASE_HOST"),
                                environment.get("TIDEMILL_DATABASE_PORT"));
    }

    /** Ends all connections of the services; tells how many there were. */
    public int terminateBackends() throws SQLException {
        String query =
                """
                SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                WHERE datname = '%s' AND application_name <> '%s'
                """;
        try (Connection connection = administrator();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query.formatted(name, STRANGER))) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** New sessions of the services can only read, or can write again. */
    public void setReadOnly(boolean readOnly) throws SQLException {
        administer(
                "ALTER DATABASE %s %s default_transaction_read_only %s"
                        .formatted(name, readOnly ? "SET" : "RESET", readOnly ? "= on" : ""));
    }

    /** Runs a statement as the administrator, outside a transaction. */
    public void administer(String sql) throws SQLException {
        try (Connection connection = administrator();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A connection like one of the services' own. */
    public Connection asService() throws SQLException {
        return connect(name, owner);
    }

    private Connection administrator() throws SQLException {
        return connect("postgres", SUPERUSER);
    }

    private Connection connect(String database, String user) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("ApplicationName", STRANGER);
        return DriverManager.getConnection(url + database, properties);
    }
}
