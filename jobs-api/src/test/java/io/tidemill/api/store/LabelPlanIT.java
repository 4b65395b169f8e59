package io.tidemill.api.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tidemill.api.scenario.LocalProfile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs with a rare label are found among many without, which the index of labels leaves out. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class LabelPlanIT {
    private static final String FILL =
            """
            insert into job (id, owner, file_count, queued, labels)
            select uuidv7(), 'crowd', 1, 1, case when n % 10000 = 0 then array['rare=' || n] else '{}' end
            from generate_series(1, 50000) n""";

    @ParameterizedTest
    @ValueSource(strings = {"JobStore.LIST", "JobStore.OPEN"})
    void aRareLabelIsFoundByItsIndex(String name) throws Exception {
        try (Connection connection = DispatchPlanIT.patient();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(FILL);
            statement.execute("analyze job");
            statement.execute("set local plan_cache_mode = force_custom_plan");
            statement.execute("prepare jobs as " + Statements.all().get(name));
            String state = name.endsWith("LIST") ? "null" : "'{}'";
            String execute = "execute jobs('crowd', %s, '{rare=20000}', null, 10)".formatted(state);
            assertTrue(
                    text(statement, "explain " + execute)
                            .matches("(?s).*Index Scan on \\w*label.*"),
                    () -> name);
            assertEquals(1, rows(statement, execute));
            connection.rollback();
        }
    }

    @Test
    void jobsWithoutLabelsAreListedToo() throws Exception {
        try (Connection connection = DispatchPlanIT.patient();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(FILL);
            statement.execute("prepare jobs as " + Statements.all().get("JobStore.LIST"));
            assertEquals(10, rows(statement, "execute jobs('crowd', null, '{}', null, 10)"));
            connection.rollback();
        }
    }

    private static int rows(Statement statement, String sql) throws SQLException {
        int count = 0;
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                count++;
            }
        }
        return count;
    }

    private static String text(Statement statement, String sql) throws SQLException {
        StringBuilder text = new StringBuilder();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                text.append(rows.getString(1)).append('\n');
            }
        }
        return text.toString();
    }
}
