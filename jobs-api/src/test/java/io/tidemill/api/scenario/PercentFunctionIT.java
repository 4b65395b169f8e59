package io.tidemill.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tidemill.api.lifecycle.PercentDone;
import io.tidemill.api.lifecycle.PercentDone.Work;
import io.tidemill.api.lifecycle.Tallies;
import io.tidemill.api.lifecycle.Tally;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** The function {@code percent_done} of the database says what {@link PercentDone} says. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class PercentFunctionIT extends Scenario {
    private static final String ALL =
            """
            select percent_done(succeeded, total, done, whole)
            from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[]) with ordinality
              as w(succeeded, total, done, whole, number) order by number""";

    private static final List<Work> OTHERS =
            List.of(
                    new Work(7, new Tally(0, 0, 0, 0, 3, 0, 0, 0), 0),
                    new Work(1_000, new Tally(1, 1, 2, 0, 1, 0, 0, 0), 120),
                    new Work(3_600_000, new Tally(0, 0, 0, 0, 0, 1, 0, 2), 0));

    /** One job with these steps. */
    private static List<List<Work>> jobs() {
        List<List<Work>> jobs = new ArrayList<>();
        for (Tally tally : Tallies.upTo(1)) {
            for (int openPercent : List.of(0, 50 * tally.open(), 99 * tally.open())) {
                if (tally.total() > 0) {
                    Work work = new Work(150, tally, openPercent);
                    jobs.add(List.of(work));
                    OTHERS.forEach(other -> jobs.add(List.of(work, other)));
                }
            }
        }
        return jobs;
    }

    @Test
    void theDatabaseAndTheCodeAgreeOnEverySmallTally() throws SQLException {
        List<List<Work>> jobs = jobs();
        try (Connection connection = database.getConnection();
                PreparedStatement all = connection.prepareStatement(ALL)) {
            set(all, 1, jobs, work -> work.tally().succeeded());
            set(all, 2, jobs, work -> work.tally().total());
            set(all, 3, jobs, Work::done);
            set(all, 4, jobs, Work::whole);
            ResultSet rows = all.executeQuery();
            for (List<Work> job : jobs) {
                rows.next();
                assertEquals(PercentDone.ofJob(job), rows.getInt(1), job.toString());
            }
        }
    }

    private static void set(
            PreparedStatement statement, int place, List<List<Work>> jobs, ToLongFunction<Work> of)
            throws SQLException {
        Object[] sums = jobs.stream().map(job -> job.stream().mapToLong(of).sum()).toArray();
        statement.setArray(place, statement.getConnection().createArrayOf("bigint", sums));
    }
}
