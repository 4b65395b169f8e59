package io.tidemill.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.store.OperationCosts;
import io.tidemill.contract.FailureCode;
import io.tidemill.contract.TaskEvent;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long jobs will still take, from what really happened. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class EtaIT extends Scenario {
    private static final int TWO_SECONDS = 2_000;

    @Inject OperationCosts costs;

    @BeforeEach
    void nobodyIsThereAndNothingWasMeasured() throws SQLException {
        execute("delete from worker; delete from operation_cost");
        eventually("nothing known", () -> costs.of("noop") == null ? true : null);
    }

    private void announce(int slots) {
        processor.publish(new TaskEvent.Announced("standard", slots, "none", List.of()));
    }

    private String[] files(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> caller.upload(i + name, "x" + i))
                .toArray(String[]::new);
    }

    private Execution start(int file) {
        return processor.start(processor.run(file + name));
    }

    /** Looks again and again: an estimate does not change the tag that long polls wait for. */
    private JsonPath awaitEta(String job, String what, Predicate<JsonPath> wanted) {
        return eventually(
                what,
                () -> {
                    JsonPath seen = caller.job(job);
                    return wanted.test(seen) ? seen : null;
                });
    }

    private JsonPath awaitBasis(String job, String basis) {
        return awaitEta(job, basis, seen -> basis.equals(seen.getString("eta.basis")));
    }

    private void measureFiveTimes() {
        String job = caller.submit(NOOP, files(5));
        IntStream.range(0, 5).forEach(i -> processor.succeedAfter(start(i), TWO_SECONDS));
        caller.awaitState(job, "SUCCEEDED");
    }

    @Test
    void nobodyIsPromisedAnythingWhileNobodyCanRunIt() {
        String job = caller.submit(NOOP, files(2));
        awaitEta(job, "no estimate", seen -> seen.get("eta") == null);
        announce(1);
        JsonPath seen = awaitBasis(job, "DECLARED");
        assertTrue(seen.getInt("eta.low") <= seen.getInt("eta.seconds"));
        assertTrue(seen.getInt("eta.seconds") <= seen.getInt("eta.high"));
        assertEquals(1, seen.getInt("eta.seconds"));
    }

    @Test
    void whatTasksWereMeasuredToTakeMakesTheEstimateAndTheWeightOfSteps() throws SQLException {
        announce(2);
        measureFiveTimes();
        eventually("five measurements", () -> measured("noop").equals("5 2000") ? true : null);
        String job = caller.submit(NOOP, files(8));
        JsonPath seen = awaitEta(job, "8 s", now -> now.getInt("eta.seconds") == 8);
        assertEquals("MEASURED", seen.getString("eta.basis"));
        assertTrue(seen.getInt("eta.low") >= 6 && seen.getInt("eta.high") <= 11);
        String next = caller.submit(NOOP, files(1));
        assertEquals(
                "2000", query("select weight from job_step where job_id = '" + uuid(next) + "'"));
    }

    @Test
    void largeFilesAreExpectedToTakeLonger() throws SQLException {
        announce(1);
        String[] sizes =
                IntStream.rangeClosed(1, 5)
                        .mapToObj(i -> caller.upload(i + name, "x".repeat(i * 1_000)))
                        .toArray(String[]::new);
        String done = caller.submit(NOOP, sizes);
        IntStream.rangeClosed(1, 5).forEach(i -> processor.succeedAfter(start(i), i * TWO_SECONDS));
        caller.awaitState(done, "SUCCEEDED");
        eventually("five measurements", () -> measured("noop").startsWith("5 ") ? true : null);
        eventually("known", () -> costs.of("noop") == null ? null : true);

        String large = caller.submit(NOOP, caller.upload("large" + name, "x".repeat(10_000)));
        String small = caller.submit(NOOP, caller.upload("small" + name, "x".repeat(2_000)));
        assertEquals(20, awaitBasis(large, "MEASURED").getInt("eta.seconds"), 1);
        assertEquals(4, awaitBasis(small, "MEASURED").getInt("eta.seconds"), 1);
        assertEquals(
                "20000", query("select weight from job_step where job_id = '" + uuid(large) + "'"));
    }

    private String measured(String operation) {
        try {
            return query(
                    "select coalesce(max(measured || ' ' || round(mean_millis)), '') from operation_cost where operation = '"
                            + operation
                            + "'");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void moreSlotsBringTheEndNearerAndLeaveTheTagAlone() {
        announce(1);
        measureFiveTimes();
        String job = caller.submit(NOOP, files(6));
        awaitEta(job, "12 s", seen -> seen.getInt("eta.seconds") == 12);
        // all of it is on its way, so nothing else can change
        eventually(
                "all dispatched",
                () ->
                        caller.tasks(job).getList("items.state").stream()
                                        .allMatch("DISPATCHED"::equals)
                                ? true
                                : null);
        Response before = caller.get("/v1/jobs/{id}", job);
        announce(3);
        awaitEta(job, "4 s", seen -> seen.getInt("eta.seconds") == 4);
        assertEquals(before.header("ETag"), caller.get("/v1/jobs/{id}", job).header("ETag"));
        assertEquals(
                304,
                caller.request()
                        .header("If-None-Match", before.header("ETag"))
                        .get("/v1/jobs/{id}", job)
                        .statusCode());
    }

    @Test
    void aJobThatHasGotOnIsJudgedByItsOwnPace() throws SQLException {
        announce(2);
        String job = threeDoneOf(10);
        execute(
                "update job set pace_time = pace_time - interval '1 hour' where id = '%s'"
                        .formatted(uuid(job)));
        JsonPath seen = awaitBasis(job, "OWN_PACE");
        int seconds = seen.getInt("eta.seconds");
        assertTrue(seconds >= 8_400 && seconds < 9_400, seen::prettify);
        assertTrue(seen.getInt("eta.low") < seconds && seconds < seen.getInt("eta.high"));
        Execution half = start(3);
        processor.progress(half, 50, "", null);
        processor.awaitApplied();
        assertTrue(caller.job(job).getInt("eta.seconds") < seconds);
    }

    @Test
    void aPauseIsNoPartOfThePace() throws SQLException {
        announce(2);
        String job = threeDoneOf(5);
        execute("update job set pace_time = pace_time - interval '1 hour'");
        awaitBasis(job, "OWN_PACE");

        assertNull(caller.wish(job, "pause").get("eta"));
        JsonPath resumed = caller.wish(job, "resume");
        assertEquals("DECLARED", resumed.getString("eta.basis"));
        Execution next = start(3);
        processor.awaitApplied();
        assertEquals(
                "3",
                query(
                        "select pace_ended from job where pace_time is not null and id = '%s'"
                                .formatted(uuid(job))));
        processor.succeed(next);
    }

    @Test
    void whatIsCancelledIsNoWorkDone() throws SQLException {
        announce(2);
        String job = threeDoneOf(10);
        execute("update job set pace_time = pace_time - interval '1 hour'");
        awaitBasis(job, "OWN_PACE");
        processor.start(processor.run(3 + name));
        String last = caller.tasks(job).getString("items[9].id");
        JsonPath seen = caller.wish(job, "cancel", "{\"tasks\": [\"" + last + "\"]}");
        assertEquals("DECLARED", seen.getString("eta.basis"));
    }

    @Test
    void aNewGenerationHasAPaceOfItsOwn() throws SQLException {
        announce(2);
        String job = threeDoneOf(4);
        processor.fail(start(3), FailureCode.INVALID_INPUT.because("Damaged."));
        assertNull(caller.awaitState(job, "PARTIALLY_SUCCEEDED").get("eta"));

        caller.wish(job, "retry");
        assertEquals("DECLARED", awaitBasis(job, "DECLARED").getString("eta.basis"));
        processor.start(processor.run(3 + name, 2));
        processor.awaitApplied();
        assertEquals(
                "3 300",
                query(
                        "select pace_ended || ' ' || pace_done / (select max(weight) from job_step s where s.job_id = j.id) from job j where id = '%s'"
                                .formatted(uuid(job))));
    }

    @Test
    void aJobThatWaitsForItsTimeOrIsBeingCancelledHasNone() {
        announce(2);
        String scheduled =
                caller.post(
                                "/v1/jobs",
                                "{\"files\": [\"%s\"], \"steps\": %s, \"scheduleTime\": \"2999-01-01T00:00:00Z\"}"
                                        .formatted(caller.upload("late" + name, "a"), NOOP))
                        .path("id");
        String job = caller.submit(NOOP, files(1));
        awaitBasis(job, "DECLARED");
        assertNull(caller.job(scheduled).get("eta"));
        Execution running = start(0);
        caller.awaitState(job, "RUNNING");
        JsonPath cancelling = caller.wish(job, "cancel");
        assertEquals("CANCELLING", cancelling.getString("state"));
        assertNull(cancelling.get("eta"));
        processor.stopped(running);
        caller.awaitState(job, "CANCELLED");
    }

    /** A job of that many files whose pace is taken since its first task began. */
    private String threeDoneOf(int files) {
        String job = caller.submit(NOOP, files(files));
        Execution first = start(0);
        caller.awaitState(job, "RUNNING");
        processor.succeed(first);
        processor.succeed(start(1));
        processor.succeed(start(2));
        return caller.awaitJob(job, seen -> seen.getInt("counts.succeeded") == 3).getString("id");
    }

    private static String uuid(String job) {
        return TypeId.JOB.parse(job).orElseThrow().toString();
    }
}
