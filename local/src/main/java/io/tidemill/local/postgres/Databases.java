package io.tidemill.local.postgres;

import io.tidemill.local.folder.Credentials;
import io.tidemill.local.process.LaunchException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Makes databases and their owner, as the superuser. */
final class Databases {
    private final int port;
    private final Credentials credentials;

    Databases(int port, Credentials credentials) {
        this.port = port;
        this.credentials = credentials;
    }

    boolean answers() {
        try (Connection _ = connect()) {
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    void create(String name) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            createOwner(statement);
            if (!exists(statement, "SELECT 1 FROM pg_database WHERE datname = ", name)) {
                statement.execute(
                        "CREATE DATABASE %s OWNER %s"
                                .formatted(
                                        statement.enquoteIdentifier(name, true),
                                        credentials.username()));
            }
        } catch (SQLException e) {
            throw new LaunchException("cannot create database " + name + ": " + e.getMessage(), e);
        }
    }

    private void createOwner(Statement statement) throws SQLException {
        String owner = credentials.username();
        if (!exists(statement, "SELECT 1 FROM pg_roles WHERE rolname = ", owner)) {
            statement.execute(
                    "CREATE ROLE %s LOGIN PASSWORD %s"
                            .formatted(
                                    owner,
                                    statement.enquoteLiteral(credentials.databasePassword())));
        }
    }

    private static boolean exists(Statement statement, String query, String name)
            throws SQLException {
        try (ResultSet rows = statement.executeQuery(query + statement.enquoteLiteral(name))) {
            return rows.next();
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", Cluster.SUPERUSER);
        properties.setProperty("password", credentials.databasePassword());
        properties.setProperty("connectTimeout", "2");
        String url = "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port);
        Connection connection = new org.postgresql.Driver().connect(url, properties);
        if (connection == null) {
            throw new SQLException("the driver does not know " + url);
        }
        return connection;
    }
}
