package io.tidemill.bench.standing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/**
 * How to reach a database over JDBC.
 *
 * @param environment the variables that the services read
 */
public record JdbcAddress(Map<String, String> environment) {
    public JdbcAddress {
        environment = Map.copyOf(environment);
    }

    public String url() {
        return "jdbc:postgresql://%s:%s/%s".formatted(value("HOST"), value("PORT"), value("NAME"));
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), value("USERNAME"), value("PASSWORD"));
    }

    /** The same for PostgreSQL's own programs and for all that follow their ways. */
    public Map<String, String> variables() {
        return Map.of(
                "PGHOST", value("HOST"),
                "PGPORT", value("PORT"),
                "PGDATABASE", value("NAME"),
                "PGUSER", value("USERNAME"),
                "PGPASSWORD", value("PASSWORD"));
    }

    private String value(String name) {
        return environment.getOrDefault("TIDEMILL_DATABASE_" + name, "");
    }
}
