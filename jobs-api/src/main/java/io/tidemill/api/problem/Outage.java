package io.tidemill.api.problem;

import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Tells an outage of the database from a defect. */
public final class Outage {
    private static final String ROLLED_BACK = "40";

    /**
     * PostgreSQL error classes: 08 connection, 40 rolled back because of others, 53 resources, 57P
     * operator intervention, 25006 read-only.
     */
    private static final Set<String> CLASSES = Set.of("08", ROLLED_BACK, "53");

    private static final int SQL_STATE = 5;
    private static final int DEPTH = 8;

    private Outage() {}

    /** Whether trying again later may help, because the database or the way to it is away. */
    public static boolean isDatabase(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < DEPTH && cause != null; i++, cause = cause.getCause()) {
            if (isOutage(cause)) {
                return true;
            }
        }
        return false;
    }

    /** Whether PostgreSQL undid a transaction because of others at the same time: a deadlock. */
    public static boolean isRolledBack(@Nullable String sqlState) {
        return sqlState != null && sqlState.startsWith(ROLLED_BACK);
    }

    private static boolean isOutage(Throwable cause) {
        return switch (cause) {
            case PgException e -> isOutage(e.getSqlState()) || isWithoutPeriod(e);
            case SQLException e -> isOutage(e.getSQLState());
            case ClosedConnectionException _ -> true;
            case ConnectException _ -> true;
            case ClosedChannelException _ -> true;
            case TimeoutException _ -> true;
            case NoStackTraceThrowable e -> isTimeout(e.getMessage()) || isClosed(e.getMessage());
            case IOException e -> isClosed(e.getMessage());
            case RuntimeException e -> isClosed(e.getMessage());
            default -> false;
        };
    }

    private static boolean isOutage(@Nullable String sqlState) {
        return sqlState != null
                && sqlState.length() == SQL_STATE
                && (CLASSES.contains(sqlState.substring(0, 2))
                        || sqlState.startsWith("57P")
                        || sqlState.equals("25006"));
    }

    /**
     * This replica's clock, or the lack of tables for the present, is to blame, not the request.
     */
    private static boolean isWithoutPeriod(PgException e) {
        return "23514".equals(e.getSqlState())
                && String.valueOf(e.getMessage()).contains("no partition of relation");
    }

    /** So the pool says that no connection became free in time. */
    private static boolean isTimeout(@Nullable String message) {
        return "Timeout".equals(message);
    }

    private static boolean isClosed(@Nullable String message) {
        return message != null
                && (message.contains("Connection is closed")
                        || message.contains("Connection reset")
                        || message.contains("Broken pipe")
                        || message.contains("Timeout waiting for connection")
                        || message.contains("Connection is not active now")
                        || message.contains("Pool closed"));
    }
}
