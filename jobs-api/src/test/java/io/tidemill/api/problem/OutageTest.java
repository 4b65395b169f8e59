package io.tidemill.api.problem;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutageTest {
    @ParameterizedTest
    @ValueSource(strings = {"08006", "53300", "53100", "57P01", "57P03", "25006", "40P01"})
    void theDatabaseItselfSaysSo(String state) {
        assertTrue(Outage.isDatabase(new PgException("it said", "FATAL", state, "")));
        assertTrue(
                Outage.isDatabase(
                        new IllegalStateException("wrapped", new SQLException("it said", state))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "42601", "57014", "25P02"})
    void aDefectIsNone(String state) {
        assertFalse(Outage.isDatabase(new PgException("it said", "ERROR", state, "")));
        assertFalse(Outage.isDatabase(new SQLException("it said", state)));
    }

    @Test
    void theWayToItIsGone() {
        assertTrue(Outage.isDatabase(ClosedConnectionException.INSTANCE));
        assertTrue(Outage.isDatabase(new ConnectException("Connection refused")));
        assertTrue(Outage.isDatabase(new ClosedChannelException()));
        assertTrue(Outage.isDatabase(new TimeoutException("The database has not answered")));
        assertTrue(Outage.isDatabase(new NoStackTraceThrowable("Timeout")));
        assertTrue(
                Outage.isDatabase(
                        new NoStackTraceThrowable(
                                "Connection is not active now, current status: CLOSED")));
    }

    @Test
    void anythingElseIsADefect() {
        assertFalse(Outage.isDatabase(new NullPointerException()));
        assertFalse(Outage.isDatabase(new SQLException()));
        assertFalse(Outage.isDatabase(new NoStackTraceThrowable("no such statement")));
    }

    @Test
    void theCauseCountsHoweverDeepItIs() {
        Throwable deep =
                new CompletionException(new RuntimeException(ClosedConnectionException.INSTANCE));
        assertTrue(Outage.isDatabase(deep));
    }
}
