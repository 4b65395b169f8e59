package io.tidemill.api.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tidemill.api.scenario.LocalProfile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What finding a place reads does not grow with the backlog. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class QueuePlacesPlanIT {
    private static final int BACKLOG = 200_000;
    private static final String TOGETHER = "{\"\",\"\"}";
    private static final String APART = "{\"\",\"ocr\"}";

    // Of a few owners and operations, in two classes, each due a second after the one before.
    private static final String FILL =
            """
            with j as (insert into job (id, owner, file_count, queued) values (uuidv7(), 'crowd', 1, %d) returning id),
            s as (insert into job_step (job_id, ordinal, id, operation, parameters, needs, input, queued)
                  select id, 0, 'noop', 'noop', '{}', '{}', -1, %d from j)
            insert into task (id, job_id, file_ordinal, file_ref, step, operation, task_queue, owner, priority, state, max_attempts,
                              allowed_attempts, due_time)
            select first_task(j.id, n), j.id, n, 'f', 0, case when n %% 3 = 0 then 'ocr' else 'noop' end, 'plan', 'crowd-' || n %% 2,
                   n / 2 %% 2, 'QUEUED', 3, 3, now() - make_interval(secs => %d - n)
            from j, generate_series(1, %d) n"""
                    .formatted(BACKLOG, BACKLOG, BACKLOG, BACKLOG);

    /** What is asked for. */
    private record Last(String id, String priority, String dueTime) {
        String places(String lines) {
            return QueuePlaces.PLACES
                    .replace("$1", "'plan'")
                    .replace("$2", "'crowd-1'")
                    .replace("$3", "'{noop,ocr}'")
                    .replace("$4", "'{2,5}'")
                    .replace("$5", "'" + lines + "'")
                    .replace("$6", priority)
                    .replace("$7", "'" + dueTime + "'::timestamptz")
                    .replace("$8", "'" + id + "'::uuid")
                    .replace("$9", "array['" + id + "'::uuid]");
        }
    }

    @Test
    void readsTheIndexOnlyAndNoFurtherThanNeeded() throws SQLException, JsonProcessingException {
        try (Connection connection = DispatchPlanIT.patient();
                Statement statement = connection.createStatement()) {
            statement.execute("set enable_seqscan = off");
            try {
                statement.execute(FILL);
                statement.execute("vacuum (analyze) task");
                Last near = last(statement, 0, 20);
                assertTrue(entries(plan(statement, near.places(TOGETHER))) <= 2 * 21);
                assertPlace(statement, near, TOGETHER, "");
                assertPlace(statement, near, APART, "and t.operation = own.operation");
                Last middle = last(statement, 0, 9_000);
                assertPlace(statement, middle, TOGETHER, "");
                assertPlace(statement, middle, APART, "and t.operation = own.operation");
                Last far = last(statement, 1, 49_999);
                assertEquals(
                        4L * QueuePlaces.DEPTH, entries(plan(statement, far.places(TOGETHER))));
                assertEquals(null, first(statement, far.places(TOGETHER), "before"));
                assertEquals(
                        String.valueOf(4 * QueuePlaces.DEPTH),
                        first(statement, far.places(TOGETHER), "seen"));
            } finally {
                statement.execute("delete from job where owner = 'crowd'");
                statement.execute("delete from task where task_queue = 'plan'");
                statement.execute("vacuum task");
            }
        }
    }

    /** As counted one by one. */
    private static void assertPlace(Statement statement, Last last, String lines, String line)
            throws SQLException {
        String counted =
                first(
                        statement,
                        """
                        select count(*) as n from task t, (select * from task where id = '%s') own
                        where t.task_queue = 'plan' and t.owner = own.owner and t.state = 'QUEUED' %s
                          and (t.priority, t.due_time, t.id) < (own.priority, own.due_time, own.id)"""
                                .formatted(last.id(), line),
                        "n");
        assertEquals(counted, first(statement, last.places(lines), "before"));
    }

    private static Last last(Statement statement, int priority, int place) throws SQLException {
        String sql =
                "select id, due_time from task where task_queue = 'plan' and owner = 'crowd-1' and priority = %d order by due_time, id offset %d limit 1"
                        .formatted(priority, place);
        return new Last(
                String.valueOf(first(statement, sql, "id")),
                String.valueOf(priority),
                String.valueOf(first(statement, sql, "due_time")));
    }

    private static @Nullable String first(Statement statement, String sql, String column)
            throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            assertTrue(rows.next(), sql);
            return rows.getString(column);
        }
    }

    private static List<JsonNode> plan(Statement statement, String sql)
            throws SQLException, JsonProcessingException {
        try (ResultSet rows =
                statement.executeQuery("explain (analyze, buffers, format json) " + sql)) {
            rows.next();
            JsonNode plan = new ObjectMapper().readTree(rows.getString(1));
            List<JsonNode> scans = new ArrayList<>();
            for (JsonNode node : plan.findParents("Relation Name")) {
                scans.add(node);
            }
            assertFalse(scans.isEmpty(), plan.toString());
            for (JsonNode scan : scans) {
                assertEquals("Index Only Scan", scan.path("Node Type").asText());
                assertTrue(DispatchPlanIT.isOfWaiting(scan), scan.toString());
            }
            return scans;
        }
    }

    /** Entries of an index that scans have looked at. */
    static long entries(List<JsonNode> scans) {
        return scans.stream()
                .mapToLong(
                        scan ->
                                Math.round(
                                        (scan.path("Actual Rows").asDouble()
                                                        + scan.path("Rows Removed by Filter")
                                                                .asDouble())
                                                * scan.path("Actual Loops").asDouble()))
                .sum();
    }
}
