package io.tidemill.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tidemill.contract.FailureCode;
import io.tidemill.contract.TaskRun;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A job from its submission to its results. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class JobFlowIT extends Scenario {

    @Test
    void aTaskReachesTheProcessorInTheFormOfTheContract() {
        String file = caller.upload(name, "some text");
        caller.submit("[{\"operation\": \"noop\", \"parameters\": {\"durationMillis\": 7}}]", file);

        TaskRun run = processor.run(name);
        assertEquals(1, run.attempt());
        assertEquals("noop", run.operation());
        assertEquals(Map.of("durationMillis", 7), run.parameters());
        assertEquals(output(name, "some text"), run.input());
        assertEquals(600, run.timeoutSeconds());
        assertTrue(run.taskId().matches("task_[0-9a-z]{26}"), run.taskId());
        assertNull(run.checkpoint());

        FakeProcessor.Bundle bundle = processor.bundleOf(run);
        String id = bundle.content().bundleId();
        assertEquals(1, bundle.content().version());
        assertEquals(id, UUID.fromString(id).toString());
        assertTrue(bundle.message().isDurable());
        assertEquals(id, bundle.message().getMessageId());
        assertEquals(
                id, bundle.message().getApplicationProperties().getValue().get("_AMQ_DUPL_ID"));
        assertEquals("application/json", bundle.message().getContentType());
        assertEquals(0, bundle.message().getTtl());
    }

    @Test
    void everyStepOfTheWayIsToldToTheCaller() {
        String file = caller.upload(name, "some text");
        String job = caller.submit(NOOP, file);
        assertEquals("QUEUED", caller.job(job).getString("state"));

        TaskRun run = processor.run(name);
        assertEquals("DISPATCHED", caller.tasks(job).getString("items[0].state"));
        var execution = processor.take(run);
        processor.awaitApplied();
        assertEquals("DISPATCHED", caller.tasks(job).getString("items[0].state"));
        assertEquals("QUEUED", caller.job(job).getString("state"));

        processor.publish(execution.started());
        JsonPath running = caller.awaitState(job, "RUNNING");
        assertEquals(1, running.getInt("counts.running"));
        assertNotNull(running.getString("startTime"));
        assertNull(running.getString("endTime"));

        processor.progress(execution, 30, "page 3 of 10", "page=3");
        JsonPath further = caller.awaitJob(job, now -> now.getInt("progress.percent") == 30);
        assertEquals("noop", further.getString("progress.currentStep"));
        assertEquals(30, further.getInt("progress.steps[0].percent"));
        JsonPath task = caller.tasks(job);
        assertEquals("page 3 of 10", task.getString("items[0].progress.activity"));
        assertEquals(processor.worker, task.getString("items[0].worker"));
        assertEquals("RUNNING", task.getString("items[0].attempts[0].outcome"));

        processor.succeed(execution, output("made.txt", "made"), output("second.txt", "more"));
        JsonPath ended = caller.awaitState(job, "SUCCEEDED");
        assertEquals(100, ended.getInt("progress.percent"));
        assertEquals(1, ended.getInt("counts.succeeded"));
        assertEquals(1, ended.getInt("counts.total"));
        assertNotNull(ended.getString("endTime"));
        assertNull(ended.getString("progress.currentStep"));
    }

    @Test
    void resultsAndOutputsAreThereFileByFile() {
        String second = UUID.randomUUID() + ".bin";
        String job = caller.submit(NOOP, caller.upload(name, "a"), caller.upload(second, "b"));
        processor.succeed(
                processor.start(processor.run(name)), output("x.txt", "x"), output("y.txt", "yy"));
        processor.fail(
                processor.start(processor.run(second)),
                FailureCode.INVALID_INPUT.because("It is broken."));

        JsonPath ended = caller.awaitState(job, "PARTIALLY_SUCCEEDED");
        assertEquals(99, ended.getInt("progress.percent"));
        assertNotNull(ended.getString("endTime"));
        JsonPath results = caller.results(job);
        assertEquals(List.of(name, second), results.getList("items.fileName"));
        assertEquals(List.of("SUCCEEDED", "FAILED"), results.getList("items.state"));
        assertEquals(42, results.getInt("items[0].tasks[0].result.answer"));
        assertEquals(List.of("x.txt", "y.txt"), results.getList("items[0].tasks[0].outputs.name"));
        assertEquals("INVALID_INPUT", results.getString("items[1].tasks[0].error.code"));
        assertEquals("It is broken.", results.getString("items[1].tasks[0].error.detail"));

        JsonPath file =
                Caller.ok(
                        caller.get(
                                "/v1/files/{id}",
                                results.getString("items[0].tasks[0].outputs[1].id")));
        assertEquals("y.txt", file.getString("name"));
        assertEquals(2, file.getInt("size"));
        assertEquals(4, Caller.ok(caller.get("/v1/files")).getList("items").size());
    }

    @Test
    void aJobWhoseOnlyTaskFailsAtOnceHasBegunAllTheSame() {
        String job = caller.submit(NOOP, caller.upload(name, "a"));
        var execution = processor.hold(processor.run(name));
        processor.fail(execution, FailureCode.INVALID_INPUT.because("It is broken."));

        JsonPath ended = caller.awaitState(job, "FAILED");
        assertNotNull(ended.getString("startTime"));
        JsonPath task = caller.tasks(job);
        assertNotNull(task.getString("items[0].startTime"));
        assertEquals("FAILED", task.getString("items[0].attempts[0].outcome"));
        assertEquals(1, task.getInt("items[0].attempt"));
    }

    @Test
    void anEntityTagSparesTheBody() {
        String job = caller.submit(NOOP, caller.upload(name, "a"));
        processor.run(name);
        Response first = caller.get("/v1/jobs/{id}", job);
        String tag = first.header("ETag");
        Response again = caller.request().header("If-None-Match", tag).get("/v1/jobs/{id}", job);
        assertEquals(304, again.statusCode());
        assertEquals(tag, again.header("ETag"));
        assertEquals(
                200,
                caller.request()
                        .header("If-None-Match", "\"other\"")
                        .get("/v1/jobs/{id}", job)
                        .statusCode());
        assertEquals("1", first.header("Retry-After"));
    }

    @Test
    void aWaitingCallerIsAnsweredWhenTheJobEnds() throws Exception {
        String file = caller.upload(name, "a");
        var answer =
                CompletableFuture.supplyAsync(
                        () ->
                                caller.request()
                                        .header("Prefer", "wait=50")
                                        .contentType("application/json")
                                        .body(Caller.submission(NOOP, file))
                                        .post("/v1/jobs"));
        processor.succeed(processor.start(processor.run(name)));
        Response response = answer.get(40, TimeUnit.SECONDS);
        assertEquals(200, response.statusCode());
        assertEquals("SUCCEEDED", response.path("state"));
        assertEquals("wait=50", response.header("Preference-Applied"));
        assertEquals(null, response.header("Retry-After"));
    }

    @Test
    void aJobThatDoesNotEndInTimeIsAcceptedAndGoesOn() {
        Response response =
                caller.request()
                        .header("Prefer", "wait=1")
                        .contentType("application/json")
                        .body(Caller.submission(NOOP, caller.upload(name, "a")))
                        .post("/v1/jobs");
        assertEquals(202, response.statusCode());
        assertEquals("wait=1", response.header("Preference-Applied"));
        assertEquals("/v1/jobs/" + response.path("id"), response.header("Location"));
        processor.succeed(processor.start(processor.run(name)));
        caller.awaitState(response.path("id"), "SUCCEEDED");
    }

    @Test
    void theSynchronousFormAnswersWithEveryResult() throws Exception {
        String file = caller.upload(name, "a");
        var answer =
                CompletableFuture.supplyAsync(
                        () -> caller.post("/v1/processFiles", Caller.submission(NOOP, file)));
        processor.succeed(processor.start(processor.run(name)), output("o", "o"));
        Response response = answer.get(40, TimeUnit.SECONDS);
        assertEquals(200, response.statusCode());
        assertEquals("SUCCEEDED", response.path("job.state"));
        assertEquals("o", response.path("results[0].tasks[0].outputs[0].name"));
    }

    @Test
    void theSynchronousFormLosesNothingWhenTimeIsUp() {
        Response response =
                caller.request()
                        .header("Prefer", "wait=0")
                        .contentType("application/json")
                        .body(Caller.submission(NOOP, caller.upload(name, "a")))
                        .post("/v1/processFiles");
        assertEquals(202, response.statusCode());
        assertEquals("/v1/jobs/" + response.path("job.id"), response.header("Location"));
        processor.succeed(processor.start(processor.run(name)));
        caller.awaitState(response.path("job.id"), "SUCCEEDED");
    }

    @Test
    void aStepRunsOnceForEachOutputOfTheStepItTakes() {
        String job =
                caller.submit(
                        """
                        [{"id": "last", "operation": "noop", "input": "split", "needs": ["slow"]},
                         {"id": "split", "operation": "noop"},
                         {"id": "slow", "operation": "noop", "parameters": {"durationMillis": 9}}]""",
                        caller.upload(name, "a"));
        TaskRun one = processor.run(name);
        TaskRun two = processor.run(name);
        boolean oneIsSlow = one.parameters().containsKey("durationMillis");
        processor.succeed(
                processor.start(oneIsSlow ? two : one),
                output(name + "1", "1"),
                output(name + "2", "2"));
        processor.awaitApplied();
        assertEquals(2, caller.job(job).getInt("counts.blocked"));
        processor.succeed(processor.start(oneIsSlow ? one : two));

        processor.succeed(processor.start(processor.run(name + "2")), output("made2", "m"));
        processor.fail(
                processor.start(processor.run(name + "1")),
                FailureCode.UNSUPPORTED_TYPE.because("Not this one."));
        JsonPath ended = caller.awaitState(job, "PARTIALLY_SUCCEEDED");
        assertEquals(4, ended.getInt("counts.total"));
        assertEquals(3, ended.getInt("counts.succeeded"));
        JsonPath last = Caller.ok(caller.get("/v1/jobs/{id}/tasks?state=FAILED", job));
        assertEquals(List.of(name + "1"), last.getList("items.inputName"));
        assertEquals(List.of("last"), last.getList("items.step"));
    }

    @Test
    void stepsThatNeedAFailedStepAreSkipped() {
        String job =
                caller.submit(
                        """
                        [{"id": "a", "operation": "noop"}, {"id": "b", "operation": "noop", "needs": ["a"]},
                         {"id": "c", "operation": "noop", "input": "b"}]""",
                        caller.upload(name, "a"));
        processor.fail(
                processor.start(processor.run(name)),
                FailureCode.PASSWORD_PROTECTED.because("It has a password."));
        JsonPath ended = caller.awaitState(job, "FAILED");
        assertEquals(1, ended.getInt("counts.failed"));
        assertEquals(2, ended.getInt("counts.skipped"));
        assertEquals(
                List.of("FAILED", "SKIPPED", "SKIPPED"), caller.tasks(job).getList("items.state"));
        assertEquals(
                List.of("PASSWORD_PROTECTED", "NEEDED_STEP_FAILED", "NEEDED_STEP_FAILED"),
                caller.tasks(job).getList("items.error.code"));
    }
}
