package io.tidemill.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tidemill.api.id.IdSource;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.store.ChangeStore;
import io.tidemill.api.store.ChangeStore.Log;
import io.tidemill.api.store.ChangeStore.LogMark;
import io.tidemill.api.store.JobVersion;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** One statement tells what changed for many. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class ChangeStoreIT extends Scenario {
    @Inject ChangeStore store;

    private final UUID job = new IdSource().next();
    private Map<String, LogMark> marks = Map.of();

    private Log look() {
        Log log =
                Objects.requireNonNull(
                        store.logs(List.of(caller.owner()), marks)
                                .await()
                                .indefinitely()
                                .get(caller.owner()));
        marks = Map.of(caller.owner(), log.mark());
        return log;
    }

    @Test
    void aLogGrowsOnceForEachRow() throws SQLException {
        assertTrue(look().grown(), "nobody has looked before");
        assertFalse(look().grown());
        execute(event(job, 2));
        assertTrue(look().grown());
        assertFalse(look().grown());
    }

    /** The greatest transaction would not tell. */
    @Test
    void aTransactionThatCommitsAfterALaterOneIsNotOverlooked() throws SQLException {
        look();
        try (Connection early = database.getConnection();
                Statement statement = early.createStatement()) {
            early.setAutoCommit(false);
            statement.execute(event(job, 2));
            execute(event(job, 3));
            assertTrue(look().grown());
            assertFalse(look().grown());
            early.commit();
        }
        assertTrue(look().grown());
        assertFalse(look().grown());
    }

    @Test
    void versionsAreThoseOfJobsThatAreThere() throws SQLException {
        UUID there = submitted("one ");
        UUID deleted = submitted("two ");
        execute(
                "update job set sequence = 7 where id = '%s'; update job_step set percent = 40 where job_id = '%s'"
                        .formatted(there, there));
        execute("update job set delete_time = now() where id = '" + deleted + "'");
        assertEquals(
                Map.of(there, new JobVersion(7, 40)),
                store.versions(List.of(there, deleted, UUID.randomUUID())).await().indefinitely());
    }

    private UUID submitted(String file) {
        return TypeId.JOB
                .parse(caller.submit(NOOP, caller.upload(file + name, "text")))
                .orElseThrow();
    }
}
