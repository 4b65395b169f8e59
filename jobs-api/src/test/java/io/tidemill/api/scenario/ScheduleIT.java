package io.tidemill.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tidemill.contract.FailureCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Schedules, deadlines, failure policies and retry policies. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class ScheduleIT extends Scenario {

    private String submit(String terms, String... files) {
        Response response = post(terms, files);
        assertEquals(202, response.statusCode(), response.asString());
        return response.path("id");
    }

    private Response post(String terms, String... files) {
        String submission = Caller.submission(NOOP, files);
        return caller.post(
                "/v1/jobs", submission.substring(0, submission.length() - 1) + ", " + terms + "}");
    }

    private static String time(String field, Duration fromNow) {
        return "\"" + field + "\": \"" + Instant.now().plus(fromNow) + "\"";
    }

    @Test
    void aScheduledJobBeginsWhenItsTimeHasCome() throws Exception {
        String job = submit(time("scheduleTime", Duration.ofHours(1)), caller.upload(name, "a"));
        assertEquals("SCHEDULED", caller.job(job).getString("state"));
        assertEquals("SCHEDULED", caller.tasks(job).getString("items[0].queue.waitReason"));
        execute(
                "update job set schedule_time = now() where scheduled and owner = '"
                        + caller.owner()
                        + "'");
        processor.succeed(processor.start(processor.run(name)));
        caller.awaitState(job, "SUCCEEDED");
    }

    @Test
    void aScheduledJobThatIsPausedWaitsForBoth() throws Exception {
        String job = submit(time("scheduleTime", Duration.ofHours(1)), caller.upload(name, "a"));
        caller.wish(job, "pause");
        execute(
                "update job set schedule_time = now() where scheduled and owner = '"
                        + caller.owner()
                        + "'");
        eventually(
                "its time",
                () ->
                        caller.job(job).getString("state").equals("PAUSED") && !scheduled()
                                ? 1
                                : null);
        caller.wish(job, "resume");
        processor.succeed(processor.start(processor.run(name)));
        caller.awaitState(job, "SUCCEEDED");
    }

    private boolean scheduled() {
        try {
            return query(
                            "select count(*) from job where scheduled and owner = '"
                                    + caller.owner()
                                    + "'")
                    .equals("1");
        } catch (java.sql.SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aJobThatIsLateExpires() {
        String other = name + ".other";
        String job =
                submit(
                        time("deadline", Duration.ofSeconds(2)),
                        caller.upload(name, "a"),
                        caller.upload(other, "b"));
        processor.succeed(processor.start(processor.run(name)));
        Execution late = processor.start(processor.run(other));
        processor.awaitStop(late.id());
        processor.stopped(late);
        JsonPath ended = caller.awaitState(job, "EXPIRED");
        assertEquals(1, ended.getInt("counts.succeeded"));
        assertEquals("DEADLINE_EXCEEDED", ended.getString("error.code"));
        assertEquals("DEADLINE_EXCEEDED", caller.tasks(job).getString("items[1].error.code"));
        assertEquals(2, caller.wish(job, "retry").getInt("generation"));
    }

    @Test
    void timesThatMakeNoSenseAreRefused() {
        String file = caller.upload(name, "a");
        assertPointer("/deadline", post(time("deadline", Duration.ofSeconds(-1)), file));
        assertPointer(
                "/deadline",
                post(
                        time("scheduleTime", Duration.ofHours(2))
                                + ", "
                                + time("deadline", Duration.ofHours(1)),
                        file));
        assertPointer("/deadline", post("\"deadline\": \"soon\"", file));
        assertPointer("/scheduleTime", post("\"scheduleTime\": \"9999-12-31T23:59:59Z\"", file));
        assertPointer(
                "/failurePolicy",
                post("\"failurePolicy\": {\"mode\": \"FAIL_FAST\", \"maxFailed\": 3}", file));
        assertPointer(
                "/retryPolicy/maxAttempts", post("\"retryPolicy\": {\"maxAttempts\": 0}", file));
    }

    private static void assertPointer(String pointer, Response response) {
        JsonPath problem = Caller.assertProblem(422, "INVALID_REQUEST", response);
        assertTrue(problem.getList("errors.pointer").contains(pointer), response.asString());
    }

    @Test
    void failFastGivesUpTheRestAtTheFirstFailure() {
        String other = name + ".other";
        String job =
                submit(
                        "\"failurePolicy\": {\"mode\": \"FAIL_FAST\"}",
                        caller.upload(name, "a"),
                        caller.upload(other, "b"));
        Execution running = processor.start(processor.run(other));
        processor.fail(
                processor.start(processor.run(name)), FailureCode.INVALID_INPUT.because("Bad."));
        processor.awaitStop(running.id());
        processor.stopped(running);
        JsonPath ended = caller.awaitState(job, "FAILED");
        assertEquals(1, ended.getInt("counts.failed"));
        assertEquals(1, ended.getInt("counts.cancelled"));
        assertEquals("FAILURE_LIMIT_REACHED", ended.getString("error.code"));
    }

    @Test
    void asManyFailuresAsTheThresholdAllowsStopNothing() {
        String other = name + ".other";
        String job =
                submit(
                        "\"failurePolicy\": {\"maxFailedPercent\": 50}",
                        caller.upload(name, "a"),
                        caller.upload(other, "b"));
        processor.fail(
                processor.start(processor.run(name)), FailureCode.INVALID_INPUT.because("Bad."));
        processor.succeed(processor.start(processor.run(other)));
        caller.awaitState(job, "PARTIALLY_SUCCEEDED");
    }

    @Test
    void aFileThatWasNeverUsableCountsAgainstThePolicy() {
        String job =
                submit(
                        "\"failurePolicy\": {\"mode\": \"FAIL_FAST\"}",
                        caller.upload(name, "a"),
                        "file_" + "0".repeat(26));
        caller.awaitState(job, "FAILED");
    }

    @Test
    void theRetryPolicyOfTheJobDecidesHowOftenATaskBegins() {
        String job =
                submit(
                        "\"retryPolicy\": {\"maxAttempts\": 2, \"schedule\": \"FAST\"}",
                        caller.upload(name, "a"));
        processor.fail(
                processor.start(processor.run(name, 1)), FailureCode.TIMEOUT.because("Slow."));
        processor.fail(
                processor.start(processor.run(name, 2)), FailureCode.TIMEOUT.because("Slow."));
        caller.awaitState(job, "FAILED");
        assertEquals(List.of(1, 2), caller.tasks(job).getList("items[0].attempts.number"));
    }

    @Test
    void thePolicyOfAStepGoesBeforeThatOfItsJob() {
        String steps = "[{\"operation\": \"noop\", \"retryPolicy\": {\"maxAttempts\": 1}}]";
        String submission = Caller.submission(steps, caller.upload(name, "a"));
        Response response =
                caller.post(
                        "/v1/jobs",
                        submission.substring(0, submission.length() - 1)
                                + ", \"retryPolicy\": {\"maxAttempts\": 5}}");
        String job = response.path("id");
        assertEquals(1, caller.tasks(job).getInt("items[0].maxAttempts"));
        processor.fail(processor.start(processor.run(name)), FailureCode.TIMEOUT.because("Slow."));
        caller.awaitState(job, "FAILED");
    }
}
