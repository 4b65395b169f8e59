package io.tidemill.api.scenario;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.api.overload.Backlog;
import io.tidemill.api.store.Rows;
import io.tidemill.local.process.Wait;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;

/**
 * A scenario within limits that it can reach. The tasks of the one before count until the replica
 * has counted again, a moment after they were deleted.
 */
abstract class TightScenario extends Scenario {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject Backlog backlog;

    /** The one before may have ended while the database was away. */
    @BeforeEach
    void awaitEmptyBacklog() {
        assertTrue(Wait.until(PATIENCE, () -> emptied() && backlog.open() == 0));
    }

    private boolean emptied() {
        try {
            execute(Rows.DELETE_JOBS);
            return true;
        } catch (SQLException _) {
            return false;
        }
    }
}
