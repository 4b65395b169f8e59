package io.tidemill.api.scenario;

import io.tidemill.api.store.Rows;
import io.tidemill.contract.FileRef;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What every scenario has: a caller of its own, a processor, a way to look into the database. */
abstract class Scenario {
    static final String NOOP = "[{\"operation\": \"noop\"}]";

    final Caller caller = Caller.stranger();
    final String name = UUID.randomUUID() + ".txt";
    FakeProcessor processor;
    @Inject DataSource database;

    @BeforeEach
    void startProcessor() {
        processor = new FakeProcessor();
    }

    /** Tasks nobody works on any more would keep the task queue full for the next scenario. */
    @AfterEach
    void clear() throws SQLException {
        processor.close();
        execute(Rows.DELETE_JOBS + "; delete from circuit");
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A statement that logs a change of a job of this caller. */
    String event(UUID job, int sequence) {
        return """
               insert into job_event (job_id, sequence, owner, generation, state, percent, blocked, queued, running, retrying,
                                      succeeded, failed, cancelled, skipped)
               values ('%s', %d, '%s', 1, 'QUEUED', 0, 0, 1, 0, 0, 0, 0, 0, 0)"""
                .formatted(job, sequence, caller.owner());
    }

    /** Looks again and again until it finds something. */
    static <T> T eventually(String what, Supplier<@Nullable T> look) {
        long end = System.nanoTime() + 30_000_000_000L;
        T found = look.get();
        while (found == null) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not come: " + what);
            }
            LockSupport.parkNanos(20_000_000);
            found = look.get();
        }
        return found;
    }

    /** The first value of the first row. */
    String query(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }

    /** A file as a processor reports it, with that text as its bytes. */
    static FileRef output(String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new FileRef(name, "text/plain", bytes.length, sha256(bytes));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
