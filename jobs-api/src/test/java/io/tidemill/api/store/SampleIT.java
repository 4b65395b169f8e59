package io.tidemill.api.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tidemill.api.scenario.LocalProfile;
import io.tidemill.api.store.SampleStore.Depth;
import io.tidemill.api.store.SampleStore.Oldest;
import io.tidemill.api.store.SampleStore.Sample;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is measured of a backlog, and what that costs. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class SampleIT {
    private static final int BACKLOG = 50_000;
    private static final int TRIES = 100;

    private static final String FILL =
            """
            with j as (insert into job (id, owner, file_count, queued, priority)
                       values (uuidv7(), 'measured', 1, %d, 2) returning id),
            s as (insert into job_step (job_id, ordinal, id, operation, parameters, needs, input, queued)
                  select id, 0, 'noop', 'noop', '{}', '{}', -1, %d from j)
            insert into task (id, job_id, file_ordinal, file_ref, step, operation, task_queue, owner, priority, state, max_attempts,
                              allowed_attempts, due_time)
            select first_task(j.id, n), j.id, n, 'f', 0, 'noop', 'measured', 'measured-' || n %% 3, 2, 'QUEUED', 3, 3,
                   now() - make_interval(secs => n)
            from j, generate_series(1, %d) n"""
                    .formatted(BACKLOG, BACKLOG, BACKLOG);

    @Inject SampleStore store;

    @Test
    void aLongBacklogIsSeenWithoutReadingIt() throws Exception {
        try (Connection connection = DispatchPlanIT.patient();
                Statement statement = connection.createStatement()) {
            statement.execute("set enable_seqscan = off");
            try {
                statement.execute(FILL);
                statement.execute("vacuum (analyze) task");
                Sample sample = sampleOf(store);
                assertNotNull(sample);
                assertTrue(
                        sample.depths().contains(new Depth("noop", 2, BACKLOG)), sample::toString);
                double age =
                        sample.oldest().stream()
                                .filter(oldest -> oldest.taskQueue().equals("measured"))
                                .mapToDouble(Oldest::seconds)
                                .max()
                                .orElseThrow();
                assertTrue(age >= BACKLOG && age < BACKLOG + 600, sample::toString);
                assertTrue(entries(statement) < 100, "entries of the index that were read");
            } finally {
                statement.execute("delete from job where owner = 'measured'");
                statement.execute("delete from task where task_queue = 'measured'");
                statement.execute("vacuum task");
            }
        }
    }

    @Test
    void onlyOneReplicaTakesSamplesUntilItsConnectionEnds() throws Exception {
        assertNotNull(sampleOf(store));
        try (Connection other = DispatchPlanIT.patient();
                Statement statement = other.createStatement()) {
            assertEquals("f", first(statement, "select pg_try_advisory_lock(7464, 1)"));
            first(statement, "select pg_terminate_backend(pid) from pg_locks where classid = 7464");
            first(statement, "select pg_advisory_lock(7464, 1)");
            assertEquals(null, sampleOf(store));
        }
        Sample again = sampleOf(store);
        for (int i = 0; again == null && i < TRIES; i++) {
            Thread.onSpinWait();
            again = sampleOf(store);
        }
        assertNotNull(again);
    }

    private static String first(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** The pool does not know at once of a connection that has ended. */
    private static @Nullable Sample sampleOf(SampleStore from) {
        return from.sample()
                .onFailure()
                .retry()
                .withBackOff(Duration.ofMillis(20), Duration.ofMillis(200))
                .atMost(TRIES)
                .await()
                .indefinitely();
    }

    private static long entries(Statement statement) throws Exception {
        String explain = "explain (analyze, format json) " + SampleStore.OLDEST;
        try (ResultSet rows = statement.executeQuery(explain)) {
            rows.next();
            List<JsonNode> scans =
                    new ObjectMapper().readTree(rows.getString(1)).findParents("Relation Name");
            scans.forEach(scan -> assertTrue(DispatchPlanIT.isOfWaiting(scan), scan.toString()));
            return QueuePlacesPlanIT.entries(scans);
        }
    }
}
