package io.tidemill.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tidemill.api.id.IdSource;
import io.tidemill.api.lifecycle.JobState;
import io.tidemill.api.lifecycle.JobWishes;
import io.tidemill.api.lifecycle.StopReason;
import io.tidemill.api.lifecycle.Tallies;
import io.tidemill.api.lifecycle.Tally;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The generated column {@code job.state} says what {@link JobState#of} says. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class StateColumnIT extends Scenario {
    private static final String INSERT =
            """
            insert into job (id, owner, file_count, start_time, end_time, blocked, queued, running, retrying, succeeded, failed,
                             cancelled, skipped, stop_reason, paused, scheduled)
            values (?, ?, 1, case when ? then now() end, case when ? then now() end, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final String FIND =
            """
            select blocked, queued, running, retrying, succeeded, failed, cancelled, skipped, start_time is not null, state,
                   stop_reason, paused, scheduled
            from job where owner = ?""";

    private final IdSource ids = new IdSource();

    private static final List<JobWishes> WISHES =
            Stream.concat(Stream.of((StopReason) null), Stream.of(StopReason.values()))
                    .flatMap(
                            stop ->
                                    Stream.of(
                                            new JobWishes(stop, false, false),
                                            new JobWishes(stop, true, false),
                                            new JobWishes(stop, false, true),
                                            new JobWishes(stop, true, true)))
                    .toList();

    @Test
    void theDatabaseAndTheCodeAgreeOnEverySmallTally() throws SQLException {
        int compared = 0;
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            insertAll(connection);
            try (PreparedStatement find = connection.prepareStatement(FIND)) {
                find.setString(1, caller.owner());
                ResultSet rows = find.executeQuery();
                for (; rows.next(); compared++) {
                    Tally tally = tally(rows);
                    assertEquals(
                            JobState.of(tally, rows.getBoolean(9), wishes(rows)).name(),
                            rows.getString(10),
                            tally.toString());
                }
            }
            connection.rollback();
        }
        assertEquals(256 * 2 * WISHES.size(), compared);
    }

    private void insertAll(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Tally tally : Tallies.upTo(1)) {
                for (JobWishes wishes : WISHES) {
                    add(insert, tally, true, wishes);
                    add(insert, tally, false, wishes);
                }
            }
            insert.executeBatch();
        }
    }

    private void add(PreparedStatement insert, Tally tally, boolean begun, JobWishes wishes)
            throws SQLException {
        insert.setObject(1, ids.next());
        insert.setString(2, caller.owner());
        insert.setBoolean(3, begun);
        insert.setBoolean(4, tally.open() == 0);
        insert.setInt(5, tally.blocked());
        insert.setInt(6, tally.queued());
        insert.setInt(7, tally.running());
        insert.setInt(8, tally.retrying());
        insert.setInt(9, tally.succeeded());
        insert.setInt(10, tally.failed());
        insert.setInt(11, tally.cancelled());
        insert.setInt(12, tally.skipped());
        insert.setString(13, wishes.stop() == null ? null : wishes.stop().name());
        insert.setBoolean(14, wishes.paused());
        insert.setBoolean(15, wishes.scheduled());
        insert.addBatch();
    }

    private static JobWishes wishes(ResultSet row) throws SQLException {
        String stop = row.getString(11);
        return new JobWishes(
                stop == null ? null : StopReason.valueOf(stop),
                row.getBoolean(12),
                row.getBoolean(13));
    }

    private static Tally tally(ResultSet row) throws SQLException {
        return new Tally(
                row.getInt(1),
                row.getInt(2),
                row.getInt(3),
                row.getInt(4),
                row.getInt(5),
                row.getInt(6),
                row.getInt(7),
                row.getInt(8));
    }
}
