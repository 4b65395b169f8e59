package io.tidemill.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.tidemill.contract.ErrorClass;
import io.tidemill.contract.Failure;
import io.tidemill.contract.FailureCode;
import io.tidemill.contract.TaskEvent;
import io.tidemill.contract.TaskRun;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that come twice, late, out of order, from the wrong execution, or make no sense. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class EventIT extends Scenario {
    private String job = "";

    private TaskRun submitted() {
        job = caller.submit(NOOP, caller.upload(name, "a"));
        return processor.run(name);
    }

    private JsonPath ended(String state) {
        return caller.awaitState(job, state);
    }

    @Test
    void theSameEventThreeTimesIsRecordedOnce() {
        Execution execution = processor.hold(submitted());
        TaskRun run = execution.run();
        TaskEvent taken = new TaskEvent.Taken(run.taskId(), run.attempt(), execution.id());
        TaskEvent done = execution.succeeded(Map.of("n", 1), output("once.txt", "once"));
        processor.publish(taken, taken, taken);
        processor.publish(execution.started());
        processor.publish(execution.started(), execution.started());
        processor.fallSilent(execution);
        processor.publish(done, done);
        processor.publish(done);
        processor.awaitApplied();

        JsonPath tasks = caller.tasks(job);
        assertEquals(List.of("once.txt"), tasks.getList("items[0].outputs.name"));
        assertEquals(List.of("SUCCEEDED"), tasks.getList("items[0].attempts.outcome"));
        assertEquals(1, ended("SUCCEEDED").getInt("counts.succeeded"));
    }

    @Test
    void eventsInTheWrongOrderComeToTheSameEnd() {
        Execution execution = processor.hold(submitted());
        processor.fallSilent(execution);
        processor.publish(execution.succeeded(Map.of("n", 1)));
        JsonPath first = ended("SUCCEEDED");
        processor.publish(execution.started());
        processor.publish(
                new TaskEvent.Taken(
                        execution.run().taskId(), execution.run().attempt(), execution.id()));
        processor.awaitStop(execution.id());
        processor.awaitApplied();
        JsonPath later = caller.job(job);
        assertEquals(first.getMap("$"), later.getMap("$"));
    }

    @Test
    void nothingComesAfterTheEnd() {
        Execution execution = processor.start(submitted());
        processor.succeed(execution);
        JsonPath first = ended("SUCCEEDED");
        processor.fail(execution, FailureCode.TIMEOUT.because("Too late."));
        processor.release(execution, null);
        processor.progress(execution, 10, "still at it", null);
        processor.awaitStop(execution.id());
        assertEquals(first.getMap("$"), caller.job(job).getMap("$"));
    }

    @Test
    void aSecondExecutionOfTheSameAttemptIsStoppedAndChangesNothing() {
        TaskRun run = submitted();
        Execution first = processor.start(run);
        caller.awaitState(job, "RUNNING");
        Execution second = processor.start(run);
        processor.awaitStop(second.id());
        processor.succeed(second, output("second.txt", "2"));
        processor.awaitApplied();
        assertEquals("RUNNING", caller.job(job).getString("state"));

        processor.succeed(first, output("first.txt", "1"));
        ended("SUCCEEDED");
        assertEquals(List.of("first.txt"), caller.tasks(job).getList("items[0].outputs.name"));
    }

    @Test
    void anAttemptThatIsOverChangesNothing() {
        Execution stale = processor.start(submitted());
        processor.fail(stale, FailureCode.DEPENDENCY_UNAVAILABLE.because("Storage is away."));
        TaskRun next = processor.run(name, 2);
        processor.succeed(stale, output("stale.txt", "s"));
        processor.publish(stale.started());
        processor.awaitStop(stale.id());
        assertEquals(0, caller.job(job).getInt("counts.succeeded"));
        processor.succeed(processor.start(next));
        ended("SUCCEEDED");
        assertEquals(List.of(), caller.tasks(job).getList("items[0].outputs"));
    }

    @Test
    void aTransientFailureIsTriedAgainLater() {
        Execution first = processor.start(submitted());
        caller.awaitState(job, "RUNNING");
        Instant before = Instant.now();
        processor.fail(first, FailureCode.DEPENDENCY_UNAVAILABLE.because("Storage is away."));
        TaskRun second = processor.run(name, 2);
        assertEquals(first.run().taskId(), second.taskId());
        processor.fail(processor.start(second), FailureCode.TIMEOUT.because("It took too long."));
        TaskRun third = processor.run(name, 3);
        processor.fail(processor.start(third), FailureCode.OUT_OF_MEMORY.because("Too big."));

        assertEquals(1, ended("FAILED").getInt("counts.failed"));
        JsonPath task = caller.tasks(job);
        assertEquals(List.of(1, 2, 3), task.getList("items[0].attempts.number"));
        assertEquals(
                List.of("DEPENDENCY_UNAVAILABLE", "TIMEOUT", "OUT_OF_MEMORY"),
                task.getList("items[0].attempts.error.code"));
        assertEquals("OUT_OF_MEMORY", task.getString("items[0].error.code"));
        assertTrue(
                OffsetDateTime.parse(task.getString("items[0].endTime"))
                        .toInstant()
                        .isAfter(before));
    }

    @Test
    void aTaskThatWaitsForItsNextAttemptSaysWhenThatIs() throws SQLException {
        Execution first = processor.start(submitted());
        caller.awaitState(job, "RUNNING");
        execute(
                """
                create or replace function wait_an_hour() returns trigger language plpgsql as
                  $$ begin new.due_time = now() + interval '1 hour'; return new; end $$;
                create trigger wait_an_hour before update on task for each row
                  when (new.state = 'RETRYING') execute function wait_an_hour()""");
        try {
            processor.fail(first, FailureCode.ENGINE_CRASHED.because("It died."));
            caller.awaitJob(job, now -> now.getInt("counts.retrying") == 1);
        } finally {
            execute("drop trigger wait_an_hour on task");
        }
        JsonPath task = caller.tasks(job);
        assertEquals("RETRYING", task.getString("items[0].state"));
        assertEquals("ENGINE_CRASHED", task.getString("items[0].error.code"));
        Instant next = OffsetDateTime.parse(task.getString("items[0].nextAttemptTime")).toInstant();
        assertTrue(next.isAfter(Instant.now().plusSeconds(3_000)), next.toString());

        execute("update task set due_time = now() where state = 'RETRYING'");
        processor.succeed(processor.start(processor.run(name, 2)));
        ended("SUCCEEDED");
    }

    @Test
    void aPermanentFailureIsNotTriedAgain() {
        processor.fail(processor.start(submitted()), FailureCode.INVALID_INPUT.because("Broken."));
        assertEquals(1, ended("FAILED").getInt("counts.failed"));
        assertEquals(1, caller.tasks(job).getInt("items[0].attempt"));
    }

    @Test
    void aReleasedAttemptIsGivenBack() {
        Execution first = processor.start(submitted());
        processor.release(first, "page=3");
        TaskRun again = processor.run(name);
        assertEquals(first.run().taskId(), again.taskId());
        assertEquals(1, again.attempt());
        assertEquals("page=3", again.checkpoint());
        Execution second = processor.start(again);
        assertNotEquals(first.id(), second.id());
        processor.succeed(second);
        ended("SUCCEEDED");
        assertEquals(
                List.of("RELEASED", "SUCCEEDED"),
                caller.tasks(job).getList("items[0].attempts.outcome"));
        assertEquals(1, caller.tasks(job).getInt("items[0].attempt"));
    }

    @Test
    void aReleaseThatOvertakesItsTakenDoesNotLoseTheTask() {
        Execution first = processor.hold(submitted());
        TaskRun run = first.run();
        processor.release(first, null);
        processor.publish(new TaskEvent.Taken(run.taskId(), run.attempt(), first.id()));
        processor.publish(first.started());
        TaskRun again = processor.run(name);
        processor.awaitStop(first.id());
        processor.succeed(processor.start(again));
        ended("SUCCEEDED");
    }

    @Test
    void eventsOfADeletedJobAreToldToStop() {
        Execution execution = processor.start(submitted());
        processor.succeed(execution);
        ended("SUCCEEDED");
        assertEquals(204, caller.request().delete("/v1/jobs/{id}", job).statusCode());
        processor.progress(execution, 5, "still", null);
        processor.awaitStop(execution.id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "this is not JSON %s",
                "",
                "{\"version\": 1, \"worker\": \"%s\"}",
                "{\"version\": 99, \"worker\": \"%s\", \"events\": []}",
                "{\"version\": 1, \"worker\": \"%s\", \"events\": [7]}",
                "{\"version\": 1, \"worker\": \"%s\", \"events\": [{\"kind\": \"sang\"}]}",
                "{\"version\": 1, \"worker\": \"%s\", \"events\": [{\"type\": \"taken\"}]}",
                "{\"version\": 1, \"worker\": \"%s\", \"events\": [{\"type\": \"heartbeat\", \"pulses\": [{}]}]}",
                "{\"version\": 1, \"worker\": \"%s\", \"events\": [{\"type\": \"failed\", \"taskId\": \"x\", \"attempt\": 1, \"execution\": \"y\"}]}",
                "{\"version\": 1, \"events\": [{\"type\": \"announced\", \"taskQueue\": \"%s\", \"slots\": 1, \"isolation\": \"none\", \"operations\": []}]}",
                "{\"version\": 1, \"worker\": \"%s\", \"events\": [{\"type\": \"announced\", \"taskQueue\": \"q\", \"slots\": 0, \"isolation\": \"none\", \"operations\": []}]}",
                "{\"version\": 1, \"worker\": \"%s\", \"events\": [{\"type\": \"announced\", \"slots\": 1}]}"
            })
    void aMessageThatMakesNoSenseGoesToTheDeadLettersAndTheRestGoesOn(String body) {
        String garbage = body.replace("%s", UUID.randomUUID().toString());
        Execution execution = processor.start(submitted());
        processor.publishRaw(garbage);
        processor.succeed(execution);
        ended("SUCCEEDED");
        JsonPath letter =
                eventually(
                        "the dead letter",
                        () -> {
                            JsonPath letters =
                                    Caller.ok(
                                            Caller.operator()
                                                    .get("/v1/admin/dead-letters?kind=MESSAGE"));
                            return letters.getString("items[0].body").equals(garbage)
                                    ? letters
                                    : null;
                        });
        assertEquals("UNDELIVERABLE", letter.getString("items[0].error.code"));
        assertEquals("tidemill.events", letter.getString("items[0].address"));
    }

    @Test
    void anEventOfAnUnknownTypeStopsNoOtherOfItsMessage() {
        Execution execution = processor.start(submitted());
        processor.publishRaw(
                """
                {"version": 1, "worker": "newer", "events": [
                  {"type": "sang", "taskId": "%1$s"},
                  {"type": "succeeded", "taskId": "%1$s", "attempt": %2$d, "execution": "%3$s", "result": {}, "outputs": []}]}"""
                        .formatted(
                                execution.run().taskId(),
                                execution.run().attempt(),
                                execution.id()));
        processor.publishRaw(
                "{\"version\": 1, \"worker\": \"newer\", \"events\": [{\"type\": \"sang\"}]}");
        ended("SUCCEEDED");
    }

    @Test
    void textTheDatabaseCannotHoldStopsNobody() {
        Execution execution = processor.start(submitted());
        String other = UUID.randomUUID() + ".txt";
        String healthy = caller.submit(NOOP, caller.upload(other, "b"));
        processor.progress(execution, 10, "nul\u0000in it", "check\u0000point");
        processor.succeed(processor.start(processor.run(other)));
        caller.awaitState(healthy, "SUCCEEDED");
        assertEquals("nul in it", caller.tasks(job).getString("items[0].progress.activity"));

        processor.succeed(execution, output("nul\u0000.txt", "x"), output("", "x"));
        ended("SUCCEEDED");
        assertEquals(
                List.of("nul .txt", "unnamed"), caller.tasks(job).getList("items[0].outputs.name"));
    }

    @Test
    void aFailureInOddWordsIsShownWithinTheContract() {
        Execution execution = processor.start(submitted());
        processor.fail(
                execution,
                new Failure("my own\ncode", ErrorClass.PERMANENT, "line 1\nline\u0000 2"));
        ended("FAILED");
        JsonPath task = caller.tasks(job);
        assertEquals("line 1?line? 2", task.getString("items[0].error.detail"));
        assertEquals("INTERNAL_ERROR", task.getString("items[0].error.code"));
    }

    @Test
    void anAttemptNumberBeyondAllBoundsIsIgnored() {
        Execution execution = processor.start(submitted());
        processor.publish(
                new TaskEvent.Started(
                        execution.run().taskId(), Integer.MAX_VALUE, UUID.randomUUID().toString()));
        processor.publish(
                new TaskEvent.Started(execution.run().taskId(), -5, UUID.randomUUID().toString()));
        processor.succeed(execution);
        ended("SUCCEEDED");
    }
}
