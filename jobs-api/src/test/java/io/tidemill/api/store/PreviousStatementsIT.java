package io.tidemill.api.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tidemill.api.scenario.LocalProfile;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The previous release runs on the tables of this one, and this one on those of the next. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class PreviousStatementsIT {
    @Inject Flyway flyway;

    @Test
    void everyStatementOfThePreviousReleaseMeansTheSame() throws Exception {
        try (Connection connection = DispatchPlanIT.patient()) {
            connection.setAutoCommit(false);
            PreviousStatements current =
                    PreviousStatements.ofThisRelease(connection, Statements.all());
            assertTrue(current.entries().size() > 100, "found " + current.entries().size());
            if (Boolean.getBoolean("snapshot.write")) {
                current.write();
            }
            PreviousStatements previous = PreviousStatements.read();
            assertTrue(previous.entries().size() > 100, "kept " + previous.entries().size());
            assertEquals(List.of(), previous.complaints(connection));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table rate_limit rename burst to most",
                "alter table rate_limit drop column operations",
                "alter table rate_limit alter burst type bigint",
                "alter table rate_limit add colour text not null",
                "drop view attempt_history"
            })
    void aMigrationThatThePreviousReleaseWouldNotSurviveIsFound(String migration) throws Exception {
        try (Connection connection = DispatchPlanIT.patient();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(migration);
            assertNotEquals(List.of(), PreviousStatements.read().complaints(connection));
            connection.rollback();
        }
    }

    /** A replica of this release starts beside, or after, those of a later one. */
    @Test
    void tablesThatALaterReleaseHasMigratedAreTaken() throws Exception {
        try (Connection connection = DispatchPlanIT.patient();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    insert into flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                    values (9999, '9999', 'later', 'SQL', 'V9999__later.sql', 1, 'later', 1, true)""");
            try {
                assertEquals(0, flyway.migrate().migrationsExecuted);
            } finally {
                statement.execute("delete from flyway_schema_history where version = '9999'");
            }
        }
    }
}
