package io.tidemill.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.tidemill.api.id.TypeId;
import io.tidemill.contract.FailureCode;
import io.tidemill.contract.TaskRun;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far a job is, on the whole way. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class ProgressIT extends Scenario {
    private static final String QUICK_AND_SLOW =
            """
            [{"id": "quick", "operation": "noop"},
             {"id": "slow", "operation": "noop", "parameters": {"durationMillis": 9}}]""";

    private int percent(String job) {
        processor.awaitApplied();
        return caller.job(job).getInt("progress.percent");
    }

    /** As if the operations of its steps had been measured to take that long. */
    private void weigh(String job, int first, int second) throws SQLException {
        execute(
                "update job_step set weight = case ordinal when 0 then %d else %d end where job_id = '%s'"
                        .formatted(first, second, TypeId.JOB.parse(job).orElseThrow()));
    }

    @Test
    void stepsCountByWhatTheyCost() throws SQLException {
        String job = caller.submit(QUICK_AND_SLOW, caller.upload(name, "a"));
        weigh(job, 100, 300);
        TaskRun one = processor.run(name);
        TaskRun two = processor.run(name);
        boolean oneIsSlow = one.parameters().containsKey("durationMillis");
        Execution quick = processor.start(oneIsSlow ? two : one);
        Execution slow = processor.start(oneIsSlow ? one : two);
        processor.progress(quick, 50, "half", null);
        assertEquals(12, percent(job));
        processor.progress(slow, 50, "half", null);
        assertEquals(50, percent(job));
        processor.succeed(quick);
        assertEquals(62, percent(job));
        JsonPath progress = caller.job(job);
        assertEquals(List.of(100, 50), progress.getList("progress.steps.percent"));
        assertEquals("slow", progress.getString("progress.currentStep"));
        processor.succeed(slow);
        assertEquals(100, caller.awaitState(job, "SUCCEEDED").getInt("progress.percent"));
    }

    @Test
    void anotherAttemptDoesNotTakeBackWhatWasTold() {
        String job = caller.submit(NOOP, caller.upload(name, "a"));
        Execution first = processor.start(processor.run(name));
        processor.progress(first, 60, "page 6 of 10", null);
        assertEquals(60, percent(job));
        assertEquals(60, caller.tasks(job).getInt("items[0].progress.percent"));
        processor.fail(first, FailureCode.DEPENDENCY_UNAVAILABLE.because("Storage is away."));
        assertEquals(60, percent(job));
        assertNull(caller.tasks(job).get("items[0].progress"), "told of a task that does not run");

        Execution second = processor.start(processor.run(name, 2));
        assertEquals(60, percent(job));
        processor.progress(second, 10, "page 1 of 10", null);
        assertEquals(60, percent(job));
        assertNotNull(caller.tasks(job).get("items[0].progress"));
        processor.progress(second, 70, "page 7 of 10", null);
        assertEquals(70, percent(job));
        processor.succeed(second);
        JsonPath ended = caller.awaitState(job, "SUCCEEDED");
        assertEquals(100, ended.getInt("progress.percent"));
        assertNull(caller.tasks(job).get("items[0].progress"));
    }

    @Test
    void anAttemptGivenBackDoesNotTakeBackWhatWasTold() {
        String job = caller.submit(NOOP, caller.upload(name, "a"));
        Execution first = processor.start(processor.run(name));
        processor.progress(first, 40, "", null);
        processor.release(first, null);
        assertEquals(40, percent(job));
        processor.succeed(processor.start(processor.run(name)));
        caller.awaitState(job, "SUCCEEDED");
    }

    @Test
    void tasksAddedOnTheWayDoNotTakeBackWhatWasTold() {
        String job =
                caller.submit(
                        """
                        [{"id": "split", "operation": "noop"},
                         {"id": "last", "operation": "noop", "input": "split"}]""",
                        caller.upload(name, "a"));
        Execution split = processor.start(processor.run(name));
        processor.progress(split, 80, "", null);
        assertEquals(40, percent(job));
        processor.succeed(
                split, output(name + "1", "1"), output(name + "2", "2"), output(name + "3", "3"));
        JsonPath now = caller.awaitJob(job, seen -> seen.getInt("counts.total") == 4);
        assertEquals(40, now.getInt("progress.percent"));
        assertEquals(List.of(100, 0), now.getList("progress.steps.percent"));
        processor.succeed(processor.start(processor.run(name + "1")));
        assertEquals(50, percent(job));
        processor.succeed(processor.start(processor.run(name + "2")));
        processor.succeed(processor.start(processor.run(name + "3")));
        assertEquals(100, caller.awaitState(job, "SUCCEEDED").getInt("progress.percent"));
    }

    @Test
    void aGenerationBeginsAnewAndAHundredMeansThatAllSucceeded() {
        String other = name + ".other";
        String job = caller.submit(NOOP, caller.upload(name, "a"), caller.upload(other, "b"));
        processor.succeed(processor.start(processor.run(name)));
        Execution failing = processor.start(processor.run(other));
        processor.progress(failing, 90, "", null);
        assertEquals(95, percent(job));
        processor.fail(failing, FailureCode.INVALID_INPUT.because("Damaged."));
        JsonPath ended = caller.awaitState(job, "PARTIALLY_SUCCEEDED");
        assertEquals(99, ended.getInt("progress.percent"));
        assertEquals(99, ended.getInt("progress.steps[0].percent"));

        JsonPath again = caller.wish(job, "retry");
        assertEquals(2, again.getInt("generation"));
        assertEquals(50, again.getInt("progress.percent"));
        processor.succeed(processor.start(processor.run(other, 2)));
        ended = caller.awaitState(job, "SUCCEEDED");
        assertEquals(100, ended.getInt("progress.percent"));
        assertEquals(100, ended.getInt("progress.steps[0].percent"));
    }

    @Test
    void whatIsCancelledDoesNotReachAHundred() {
        String job = caller.submit(NOOP, caller.upload(name, "a"));
        processor.run(name);
        JsonPath cancelled = caller.wish(job, "cancel");
        assertTrue(cancelled.getInt("progress.percent") < 100);
        assertNotNull(cancelled.getString("endTime"));
    }
}
