package io.tidemill.api.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tidemill.api.id.IdSource;
import io.tidemill.api.scenario.LocalProfile;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tasks of a job are found by their ids. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class TaskRangeIT {
    private static final int FILE = 1;
    private static final int OTHER = 2;
    private static final String IN_RANGE =
            "select ? between first_task(?, ?) and last_task(?, ?), ? between first_task(?) and last_task(?)";

    @Inject IdSource ids;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9_999, 65_535, 65_536, IdSource.MOST_FILES - 1})
    void anIdLiesWhereItsJobAndItsFileSay(int file) throws SQLException {
        UUID job = ids.next();
        UUID task = ids.taskOf(job, file);
        assertEquals(7, task.version());
        assertEquals(2, task.variant());
        assertEquals(IdSource.made(job), IdSource.made(task));
        assertEquals(List.of(true, true), inRange(task, job, file));
        assertEquals(List.of(false, true), inRange(task, job, file == 0 ? 1 : file - 1));
        UUID later = new UUID(job.getMostSignificantBits() + 1, job.getLeastSignificantBits());
        assertEquals(List.of(false, false), inRange(task, later, file));
        assertNotEquals(task, ids.taskOf(job, file));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, IdSource.MOST_FILES})
    void aFileBeyondAllJobsHasNoTasks(int file) {
        UUID job = ids.next();
        assertThrows(IllegalArgumentException.class, () -> ids.taskOf(job, file));
    }

    private static List<Boolean> inRange(UUID task, UUID job, int file) throws SQLException {
        try (Connection connection = DispatchPlanIT.patient();
                PreparedStatement asked = connection.prepareStatement(IN_RANGE)) {
            List<Object> values = List.of(task, job, file, job, file, task, job, job);
            for (int i = 0; i < values.size(); i++) {
                asked.setObject(i + 1, values.get(i));
            }
            try (ResultSet rows = asked.executeQuery()) {
                rows.next();
                return List.of(rows.getBoolean(FILE), rows.getBoolean(OTHER));
            }
        }
    }

    /** For any values, as the service plans them, and in a period nobody has counted yet. */
    @Test
    void everyStatementAboutJobsFindsTasksByTheirIds() throws Exception {
        Properties withoutValues = new Properties();
        withoutValues.setProperty("preferQueryMode", "simple");
        try (Connection connection = DispatchPlanIT.patient(withoutValues);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setEscapeProcessing(false);
            statement.execute("set local enable_seqscan = off");
            statement.execute("select open_period(max(end_time) + interval '1 day') from period");
            List<PreviousStatements.Entry> asked =
                    PreviousStatements.ofThisRelease(connection, Statements.all())
                            .entries()
                            .stream()
                            .filter(one -> one.sql().contains("last_task("))
                            .toList();
            assertTrue(asked.size() >= 15, asked.toString());
            for (PreviousStatements.Entry one : asked) {
                assertFoundById(statement, one.name(), one.sql());
            }
            connection.rollback();
        }
    }

    private static void assertFoundById(Statement statement, String name, String sql)
            throws Exception {
        List<JsonNode> scans =
                TaskScans.byIndex(statement, "explain (generic_plan, format json) " + sql);
        for (JsonNode scan : scans) {
            if (isOfThoseUnderWay(scan)) {
                continue;
            }
            assertTrue(scan.path("Index Name").asText().endsWith("_pkey"), name + " " + scan);
            assertTrue(scan.path("Index Cond").asText().contains("id >= "), name + " " + scan);
            assertTrue(scan.path("Index Cond").asText().contains("id <= "), name + " " + scan);
        }
    }

    /** Few, whatever the job. */
    private static boolean isOfThoseUnderWay(JsonNode scan) {
        String index = scan.path("Index Name").asText();
        return index.equals("task_in_flight") || index.endsWith("_task_queue_idx");
    }
}
