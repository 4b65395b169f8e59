package io.tidemill.api.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tidemill.api.scenario.LocalProfile;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What finding a place reads does not grow with the backlog. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class QueuePlacesPlanIT {
    private static final int BACKLOG = 200_000;

    // Of a few owners and operations, in two classes, each due a second after the one before.
    private static final String FILL =
            """
            with j as (insert into job (id, owner, file_count, queued) values (gen_random_uuid(), 'crowd', 1, 1) returning id)
            insert into task (id, job_id, file_ordinal, file_ref, step, operation, task_queue, owner, priority, state, max_attempts,
                              allowed_attempts, due_time)
            select gen_random_uuid(), j.id, n, 'f', 0, case when n %% 3 = 0 then 'ocr' else 'noop' end, 'plan', 'crowd-' || n %% 2,
                   n / 2 %% 2, 'QUEUED', 3, 3, now() - make_interval(secs => %d - n)
            from j, generate_series(1, %d) n"""
                    .formatted(BACKLOG, BACKLOG);

    private static String places(String last, String lines) {
        return QueuePlaces.PLACES
                .replace("$1", "'plan'")
                .replace("$2", "'crowd-1'")
                .replace("$3", "'{noop,ocr}'")
                .replace("$4", "'{2,5}'")
                .replace("$5", "'" + lines + "'")
                .replace("$6", "(select priority::int from task where id = '" + last + "')")
                .replace("$7", "(select due_time from task where id = '" + last + "')")
                .replace("$8", "'" + last + "'::uuid")
                .replace("$9", "array['" + last + "'::uuid]");
    }

    @Test
    void readsTheIndexOnlyAndNoFurtherThanNeeded() throws SQLException, JsonProcessingException {
        try (Connection connection = patient();
                Statement statement = connection.createStatement()) {
            statement.execute("set enable_seqscan = off");
            try {
                statement.execute(FILL);
                statement.execute("vacuum (analyze) task");
                String near = idOf(statement, "priority = 0", 20);
                String far = idOf(statement, "priority = 1", 30_000);
                assertTrue(entries(plan(statement, places(near, "{\"\",\"\"}"))) <= 21);
                assertTrue(
                        entries(plan(statement, places(far, "{\"\",\"\"}")))
                                <= 4L * QueuePlaces.DEPTH);
                assertPlace(statement, near, "{\"\",\"\"}", "");
                assertPlace(statement, near, "{\"\",\"ocr\"}", "and operation = own.operation");
                assertEquals(null, first(statement, places(far, "{\"\",\"\"}"), "before"));
                assertEquals(
                        String.valueOf(4 * QueuePlaces.DEPTH),
                        first(statement, places(far, "{\"\",\"\"}"), "seen"));
            } finally {
                statement.execute("delete from job where owner = 'crowd'");
            }
        }
    }

    /** As counted one by one. */
    private static void assertPlace(Statement statement, String id, String lines, String line)
            throws SQLException {
        String counted =
                first(
                        statement,
                        """
                        select count(*) as n from task t, (select * from task where id = '%s') own
                        where t.task_queue = 'plan' and t.owner = own.owner and t.state = 'QUEUED' %s
                          and (t.priority, t.due_time, t.id) < (own.priority, own.due_time, own.id)"""
                                .formatted(id, line.replace("operation =", "t.operation =")),
                        "n");
        assertEquals(counted, first(statement, places(id, lines), "before"));
    }

    private static String idOf(Statement statement, String of, int place) throws SQLException {
        String id =
                first(
                        statement,
                        "select id from task where task_queue = 'plan' and owner = 'crowd-1' and "
                                + of
                                + " order by due_time, id offset "
                                + place
                                + " limit 1",
                        "id");
        assertTrue(id != null, "there is one");
        return id;
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
                // the lookups of the values that stand for parameters aside
                if (!node.path("Index Name").asText().equals("task_pkey")) {
                    scans.add(node);
                }
            }
            assertEquals(1, scans.size(), plan.toString());
            assertEquals("Index Only Scan", scans.getFirst().path("Node Type").asText());
            assertEquals("task_queued", scans.getFirst().path("Index Name").asText());
            assertEquals(0, scans.getFirst().path("Heap Fetches").asInt(), plan.toString());
            return scans;
        }
    }

    private static long entries(List<JsonNode> scans) {
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

    /** Unlike those of the service's pool, it waits as long as it takes. */
    private static Connection patient() throws SQLException {
        Config config = ConfigProvider.getConfig();
        return DriverManager.getConnection(
                config.getValue("quarkus.datasource.jdbc.url", String.class),
                config.getValue("quarkus.datasource.username", String.class),
                config.getValue("quarkus.datasource.password", String.class));
    }
}
