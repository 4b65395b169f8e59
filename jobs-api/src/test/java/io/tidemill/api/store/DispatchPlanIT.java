package io.tidemill.api.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.scenario.LocalProfile;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** What a dispatch reads does not grow with the backlog, whatever statistics say. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class DispatchPlanIT {
    private static final int BACKLOG = 200_000;
    private static final int MOST_PAGES = 4_000;

    // Of a few owners and operations, in all classes; more of them not to be dispatched.
    private static final String FILL =
            """
            with j as (insert into job (id, owner, file_count, queued) values (uuidv7(), 'crowd', 1, 1) returning id)
            insert into task (id, job_id, file_ordinal, file_ref, step, operation, task_queue, owner, priority, state, max_attempts,
                              allowed_attempts, held)
            select first_task(j.id, n), j.id, n, 'f', 0, case when n %% 3 = 0 then 'ocr' else 'noop' end, 'plan', 'crowd-' || n %% 7,
                   n %% 2, 'QUEUED', 3, 3, n %% 10 = 0
            from j, generate_series(1, %d) n"""
                    .formatted(BACKLOG);

    private static final String NEW_PERIOD =
            "select open_period(max(end_time) + interval '1 day') from period";

    @Inject Pool pool;

    private static final String PREPARE =
            "prepare waiting(text, text, int, text[], text[], int, int) as " + RingStore.WAITING;

    // The service prepares it; after some rounds PostgreSQL plans it once for any values.
    private static final List<String> PLANNINGS =
            List.of("force_custom_plan", "force_generic_plan");

    private static final String EXECUTE =
            "execute waiting('plan', 'crowd-3', 16, '{}', '{ocr}', 64, 512)";

    @Test
    void picksByIndexHoweverMuchWaits() throws SQLException, JsonProcessingException {
        try (Connection connection = patient();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local enable_seqscan = " + seqscan());
            statement.execute("analyze task");
            statement.execute(PREPARE);
            for (String planning : PLANNINGS) {
                statement.execute("set local plan_cache_mode = " + planning);
                assertIndexed(explain(statement, "explain (format json) " + EXECUTE));
            }
            statement.execute(FILL);
            for (String planning : PLANNINGS) {
                statement.execute("set local plan_cache_mode = " + planning);
                assertQuick(
                        explain(statement, "explain (analyze, buffers, format json) " + EXECUTE));
            }
            connection.rollback();
        }
    }

    /** Also where nobody has counted yet how much there is. */
    @Test
    void marksWhatItChoseByItsId() throws SQLException, JsonProcessingException {
        try (Connection connection = patient();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local enable_seqscan = " + seqscan());
            statement.execute("set local plan_cache_mode = force_generic_plan");
            statement.execute(NEW_PERIOD);
            statement.execute("prepare send(uuid[], uuid[]) as " + DispatchStore.SEND);
            List<JsonNode> scans =
                    TaskScans.byIndex(statement, "explain (format json) execute send('{}', '{}')");
            assertTrue(scans.size() >= 2, scans.toString());
            for (JsonNode scan : scans) {
                assertTrue(scan.path("Index Name").asText().endsWith("_pkey"), scan.toString());
            }
            connection.rollback();
        }
    }

    private static void assertQuick(JsonNode full) {
        assertIndexed(full);
        JsonNode root = full.at("/0/Plan");
        long pages =
                root.path("Shared Hit Blocks").asLong() + root.path("Shared Read Blocks").asLong();
        assertTrue(root.path("Actual Rows").asDouble() >= 512, root.toString());
        assertTrue(pages < MOST_PAGES, pages + " pages: " + full);
    }

    /** Longer statements would be parsed and planned anew each time. */
    @Test
    void longStatementsStayPrepared() {
        String longOne = "select 1 --" + "x".repeat(DatabasePool.LONGEST_SQL - 20);
        String kept =
                "select count(*) from pg_prepared_statements where length(statement) = "
                        + longOne.length();
        Uni<Long> count =
                pool.withConnection(
                        connection ->
                                connection
                                        .preparedQuery(longOne)
                                        .execute()
                                        .chain(() -> connection.query(kept).execute())
                                        .map(rows -> rows.iterator().next().getLong(0)));
        assertEquals(1L, count.await().indefinitely());
    }

    /** Unlike those of the service's pool, it waits as long as it takes. */
    static Connection patient() throws SQLException {
        return patient(new Properties());
    }

    /**
     * The same.
     *
     * @param properties of the driver
     */
    static Connection patient(Properties properties) throws SQLException {
        Config config = ConfigProvider.getConfig();
        properties.setProperty(
                "user", config.getValue("quarkus.datasource.username", String.class));
        properties.setProperty(
                "password", config.getValue("quarkus.datasource.password", String.class));
        return DriverManager.getConnection(
                config.getValue("quarkus.datasource.jdbc.url", String.class), properties);
    }

    /** As the connections of the service have it. */
    private String seqscan() {
        return pool.query("show enable_seqscan").executeAndAwait().iterator().next().getString(0);
    }

    private static JsonNode explain(Statement statement, String sql)
            throws SQLException, JsonProcessingException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return new ObjectMapper().readTree(rows.getString(1));
        }
    }

    private static List<JsonNode> scans(JsonNode plan) {
        List<JsonNode> scans = new ArrayList<>();
        for (JsonNode node : plan.findParents("Relation Name")) {
            if (node.path("Relation Name").asText().startsWith("task_")
                    && node.path("Node Type").asText().contains("Scan")) {
                scans.add(node);
            }
        }
        return scans;
    }

    private static void assertIndexed(JsonNode plan) {
        List<JsonNode> scans = scans(plan);
        assertTrue(scans.size() >= 5, plan.toString());
        for (JsonNode scan : scans) {
            assertTrue(
                    scan.path("Node Type").asText().startsWith("Index") && isOfWaiting(scan),
                    scan.toString());
        }
    }

    /**
     * Each period has an index of its own; PostgreSQL names those of later ones by their columns.
     */
    static boolean isOfWaiting(JsonNode scan) {
        String index = scan.path("Index Name").asText();
        return index.equals("task_queued") || index.contains("_task_queue_owner_operation_");
    }
}
