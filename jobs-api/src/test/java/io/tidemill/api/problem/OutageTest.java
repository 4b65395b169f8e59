package io.tidemill.api.problem;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.sqlclient.ClosedConnectionException;
import java.net.ConnectException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class OutageTest {
    @Test
    void aConnectionThatEndsBeforeItsAnswerIsAnOutage() {
        assertTrue(Outage.isDatabase(ClosedConnectionException.INSTANCE));
        assertTrue(Outage.isDatabase(new ConnectException("refused")));
    }

    @Test
    void theCauseCountsHoweverDeepItIs() {
        Throwable deep =
                new CompletionException(new RuntimeException(ClosedConnectionException.INSTANCE));
        assertTrue(Outage.isDatabase(deep));
    }

    @Test
    void aDefectIsNone() {
        assertFalse(Outage.isDatabase(new IllegalStateException("a bug")));
    }
}
