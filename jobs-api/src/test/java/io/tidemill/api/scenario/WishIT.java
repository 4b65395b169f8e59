package io.tidemill.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.tidemill.contract.FailureCode;
import io.tidemill.contract.TaskRun;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cancel, pause, resume and retry, of jobs and of single tasks. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class WishIT extends Scenario {
    private static final String CHAIN =
            "[{\"id\": \"a\", \"operation\": \"noop\"}, {\"id\": \"b\", \"operation\": \"noop\", \"needs\": [\"a\"]}]";

    @Test
    void aCancelledJobWaitsForTheProofThatWhatRanIsDead() {
        String job = caller.submit(CHAIN, caller.upload(name, "a"));
        Execution running = processor.start(processor.run(name));
        caller.awaitState(job, "RUNNING");

        JsonPath cancelling = caller.wish(job, "cancel");
        assertEquals("CANCELLING", cancelling.getString("state"));
        assertEquals(1, cancelling.getInt("counts.running"));
        processor.awaitStop(running.id());
        assertEquals("CANCELLING", caller.wish(job, "cancel").getString("state"));

        processor.stopped(running);
        JsonPath ended = caller.awaitState(job, "CANCELLED");
        assertEquals(2, ended.getInt("counts.cancelled"));
        JsonPath tasks = caller.tasks(job);
        assertEquals(List.of("CANCELLED", "CANCELLED"), tasks.getList("items.state"));
        assertEquals("CANCELLED", tasks.getString("items[0].error.code"));
        assertEquals(List.of("STOPPED"), tasks.getList("items[0].attempts.outcome"));
        assertEquals("CANCELLED", caller.wish(job, "cancel").getString("state"));
    }

    @Test
    void anOrderToStopThatGotLostIsGivenAgainWithTheNextHeartbeat() {
        String job = caller.submit(NOOP, caller.upload(name, "a"));
        Execution running = processor.start(processor.run(name));
        caller.awaitState(job, "RUNNING");
        caller.wish(job, "cancel");
        processor.awaitStop(running.id());
        processor.forgetStops();
        processor.awaitStop(running.id());
        processor.fallSilent(running);
        caller.awaitState(job, "CANCELLED");
        assertEquals(List.of("LOST"), caller.tasks(job).getList("items[0].attempts.outcome"));
    }

    @Test
    void whatWasFinishedBeforeTheOrderArrivedStays() {
        String other = name + ".other";
        String job = caller.submit(NOOP, caller.upload(name, "a"), caller.upload(other, "b"));
        Execution done = processor.start(processor.run(name));
        Execution stopped = processor.start(processor.run(other));
        caller.awaitJob(job, found -> found.getInt("counts.running") == 2);
        caller.wish(job, "cancel");
        processor.succeed(done);
        processor.stopped(stopped);
        JsonPath ended = caller.awaitState(job, "CANCELLED");
        assertEquals(1, ended.getInt("counts.succeeded"));
        assertEquals(1, ended.getInt("counts.cancelled"));
    }

    @Test
    void afterACancelAMessageOnItsWayStartsNothing() {
        String job = caller.submit(NOOP, caller.upload(name, "a"));
        TaskRun onItsWay = processor.run(name);
        assertEquals("CANCELLED", caller.wish(job, "cancel").getString("state"));
        Execution late = processor.start(onItsWay);
        processor.awaitStop(late.id());
        processor.succeed(late);
        processor.awaitApplied();
        assertEquals("CANCELLED", caller.job(job).getString("state"));
        assertEquals(List.of(), caller.tasks(job).getList("items[0].attempts"));
    }

    @Test
    void cancellingATaskSkipsThoseThatWaitForItAndLeavesTheRestAlone() {
        String file = caller.upload(name, "a");
        String other = caller.upload(name + ".other", "b");
        String job = caller.submit(CHAIN, file, other);
        JsonPath after =
                caller.wish(job, "cancel", "{\"files\": [\"" + file + "\"], \"steps\": [\"a\"]}");
        assertEquals(1, after.getInt("counts.cancelled"));
        assertEquals(1, after.getInt("counts.skipped"));
        processor.succeed(processor.start(processor.run(name + ".other")));
        processor.succeed(processor.start(processor.run(name + ".other")));
        caller.awaitState(job, "PARTIALLY_SUCCEEDED");
    }

    @Test
    void aPausedJobBeginsNothingUntilItIsResumed() {
        String other = name + ".other";
        String job = caller.submit(NOOP, caller.upload(name, "a"), caller.upload(other, "b"));
        Execution running = processor.start(processor.run(name));
        TaskRun waiting = processor.run(other);
        caller.awaitState(job, "RUNNING");

        assertEquals("PAUSED", caller.wish(job, "pause").getString("state"));
        Execution late = processor.take(waiting);
        processor.awaitStop(late.id());
        processor.stopped(late);
        processor.succeed(running);
        caller.awaitJob(job, found -> found.getInt("counts.succeeded") == 1);
        assertEquals("PAUSED", caller.wish(job, "pause").getString("state"));
        assertEquals("PAUSED", caller.tasks(job).getString("items[1].queue.waitReason"));

        assertEquals("RUNNING", caller.wish(job, "resume").getString("state"));
        processor.succeed(processor.start(processor.run(other)));
        caller.awaitState(job, "SUCCEEDED");
        assertEquals(1, caller.tasks(job).getInt("items[1].attempt"));
    }

    @Test
    void aTaskOnlyTakenIsWithdrawnByAPauseAndCostsNoAttempt() {
        String job = caller.submit(NOOP, caller.upload(name, "a"));
        Execution taken = processor.take(processor.run(name));
        processor.awaitApplied();
        caller.wish(job, "pause");
        processor.awaitStop(taken.id());
        processor.stopped(taken);
        caller.wish(job, "resume");
        TaskRun again = processor.run(name, 1);
        processor.succeed(processor.start(again));
        caller.awaitState(job, "SUCCEEDED");
        assertEquals(
                List.of("RELEASED", "SUCCEEDED"),
                caller.tasks(job).getList("items[0].attempts.outcome"));
    }

    @Test
    void aSinglePausedTaskGoesOnOnlyWhenItIsNamed() {
        String file = caller.upload(name, "a");
        String only = "{\"files\": [\"" + file + "\"]}";
        String job = caller.submit(CHAIN, file, caller.upload(name + ".other", "b"));
        caller.wish(job, "pause", only);
        assertEquals("PAUSED", caller.tasks(job).getString("items[0].queue.waitReason"));
        caller.wish(job, "pause");
        caller.wish(job, "resume");
        List<String> tasks = caller.tasks(job).getList("items.id");
        processor.succeed(processor.start(processor.runOf(tasks.get(2))));
        processor.succeed(processor.start(processor.runOf(tasks.get(3))));
        caller.awaitJob(job, found -> found.getInt("counts.succeeded") == 2);
        assertEquals("PAUSED", caller.tasks(job).getString("items[0].queue.waitReason"));
        processor.forgetRuns();
        caller.wish(job, "resume", only);
        processor.succeed(processor.start(processor.runOf(tasks.get(0))));
        processor.succeed(processor.start(processor.runOf(tasks.get(1))));
        caller.awaitState(job, "SUCCEEDED");
    }

    @Test
    void aRetriedJobIsOpenedAgainWithWhatWasSkipped() {
        String job = caller.submit(CHAIN, caller.upload(name, "a"));
        Execution failing = processor.start(processor.run(name));
        processor.fail(failing, FailureCode.INVALID_INPUT.because("Damaged."));
        JsonPath failed = caller.awaitState(job, "FAILED");
        assertEquals(1, failed.getInt("counts.skipped"));

        JsonPath again = caller.wish(job, "retry");
        assertEquals(2, again.getInt("generation"));
        assertEquals("RUNNING", again.getString("state"));
        assertNull(again.getString("endTime"));
        assertEquals(List.of("QUEUED", "BLOCKED"), statesWithoutDispatch(job));
        processor.succeed(processor.start(processor.run(name, 2)));
        processor.succeed(processor.start(processor.run(name, 1)));
        caller.awaitState(job, "SUCCEEDED");
        JsonPath task = caller.tasks(job);
        assertEquals(List.of(1, 2), task.getList("items[0].attempts.number"));
        assertEquals(4, task.getInt("items[0].maxAttempts"));
        processor.publish(failing.started());
        processor.awaitStop(failing.id());
        assertEquals("SUCCEEDED", caller.job(job).getString("state"));
    }

    private List<String> statesWithoutDispatch(String job) {
        return caller.tasks(job).<String>getList("items.state").stream()
                .map(state -> state.equals("DISPATCHED") ? "QUEUED" : state)
                .toList();
    }

    @Test
    void onlyWhatMatchesTheSelectorIsRetried() {
        String other = name + ".other";
        String job = caller.submit(NOOP, caller.upload(name, "a"), caller.upload(other, "b"));
        processor.fail(
                processor.start(processor.run(name)), FailureCode.INVALID_INPUT.because("Bad."));
        processor.fail(
                processor.start(processor.run(other)), FailureCode.INFECTED.because("A virus."));
        caller.awaitState(job, "FAILED");
        caller.wish(job, "retry", "{\"errorCodes\": [\"INFECTED\"]}");
        processor.succeed(processor.start(processor.run(other, 2)));
        JsonPath ended = caller.awaitState(job, "PARTIALLY_SUCCEEDED");
        assertEquals(1, ended.getInt("counts.failed"));
    }

    @Test
    void aCancelledJobCanBeRetried() {
        String job = caller.submit(CHAIN, caller.upload(name, "a"));
        processor.run(name);
        caller.wish(job, "cancel");
        processor.forgetRuns();
        assertEquals(2, caller.wish(job, "retry").getInt("generation"));
        List<String> tasks = caller.tasks(job).getList("items.id");
        processor.succeed(processor.start(processor.runOf(tasks.get(0))));
        processor.succeed(processor.start(processor.runOf(tasks.get(1))));
        caller.awaitState(job, "SUCCEEDED");
    }

    @Test
    void whatTheStateForbidsIsSaidWithWhatItAllows() {
        String job = caller.submit(NOOP, caller.upload(name, "a"));
        processor.succeed(processor.start(processor.run(name)));
        caller.awaitState(job, "SUCCEEDED");
        for (String wish : List.of("cancel", "pause", "resume", "retry")) {
            JsonPath problem =
                    Caller.assertProblem(
                            409, "INVALID_STATE_TRANSITION", caller.tryWish(job, wish));
            assertEquals(List.of("DELETE"), problem.getList("allowed"));
            assertTrue(problem.getString("detail").contains("SUCCEEDED"));
        }
    }

    @Test
    void foreignUnknownAndDeletedJobsAreNotWished() {
        String job = caller.submit(NOOP, caller.upload(name, "a"));
        Caller stranger = Caller.stranger();
        Caller.assertProblem(404, "NOT_FOUND", stranger.tryWish(job, "cancel"));
        Caller.assertProblem(404, "NOT_FOUND", caller.tryWish("job_no", "cancel"));
        caller.wish(job, "cancel");
        caller.request().delete("/v1/jobs/{id}", job).then().statusCode(204);
        Caller.assertProblem(410, "GONE", caller.tryWish(job, "retry"));
    }

    @Test
    void aSelectorThatIsNoneIsRefused() {
        String job = caller.submit(NOOP, caller.upload(name, "a"));
        Caller.assertProblem(
                422,
                "INVALID_REQUEST",
                caller.post("/v1/jobs/" + job + "/cancel", "{\"task\": []}"));
        Caller.assertProblem(
                400, "MALFORMED_REQUEST", caller.post("/v1/jobs/" + job + "/cancel", "{"));
        String nobody = "task_" + "0".repeat(26);
        JsonPath same = caller.wish(job, "cancel", "{\"tasks\": [\"" + nobody + "\"]}");
        assertEquals(0, same.getInt("counts.cancelled"));
    }
}
