package io.tidemill.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.tidemill.contract.TaskRun;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Workers that fall silent. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class RescueIT extends Scenario {

    @Test
    void aTaskThatHadStartedIsChargedAnAttempt() {
        String job = caller.submit(NOOP, caller.upload(name, "a"));
        Execution dead = processor.start(processor.run(name));
        processor.progress(dead, 40, "nearly there", "half=1");
        processor.awaitApplied();
        processor.fallSilent(dead);

        TaskRun next = processor.run(name, 2);
        assertEquals(dead.run().taskId(), next.taskId());
        assertEquals("half=1", next.checkpoint());
        processor.succeed(processor.start(next));
        caller.awaitState(job, "SUCCEEDED");
        JsonPath task = caller.tasks(job);
        assertEquals(List.of("LOST", "SUCCEEDED"), task.getList("items[0].attempts.outcome"));
        assertEquals("WORKER_LOST", task.getString("items[0].attempts[0].error.code"));
        assertEquals(processor.worker, task.getString("items[0].attempts[0].worker"));
        assertNotNull(task.getString("items[0].attempts[0].endTime"));
    }

    @Test
    void aTaskThatWasOnlyTakenGetsItsAttemptBack() {
        String job = caller.submit(NOOP, caller.upload(name, "a"));
        Execution dead = processor.take(processor.run(name));
        processor.awaitApplied();
        processor.fallSilent(dead);

        TaskRun again = processor.run(name, 1);
        assertEquals(dead.run().taskId(), again.taskId());
        processor.publish(dead.started());
        processor.awaitStop(dead.id());
        processor.succeed(processor.start(again));
        caller.awaitState(job, "SUCCEEDED");
        assertEquals(1, caller.tasks(job).getInt("items[0].attempt"));
    }

    @Test
    void aTaskThatKillsEveryWorkerEndsAsADeadLetter() {
        String job = caller.submit(NOOP, caller.upload(name, "a"));
        for (int attempt = 1; attempt <= 3; attempt++) {
            TaskRun run = processor.run(name, attempt);
            boolean twiceLost = attempt > 2;
            assertEquals(twiceLost, processor.bundleOf(run).content().exclusive());
            Execution dead = processor.start(run);
            processor.awaitApplied();
            processor.fallSilent(dead);
        }
        caller.awaitState(job, "FAILED");
        JsonPath task = caller.tasks(job);
        assertEquals("WORKER_LOST", task.getString("items[0].error.code"));
        assertEquals(List.of("LOST", "LOST", "LOST"), task.getList("items[0].attempts.outcome"));
    }

    @Test
    void aTaskThatIsNeverSeenToBeginRunsExclusivelyAfterTwoLosses() {
        String job = caller.submit(NOOP, caller.upload(name, "a"));
        for (int loss = 1; loss <= 2; loss++) {
            TaskRun run = processor.run(name, 1);
            assertFalse(processor.bundleOf(run).content().exclusive());
            processor.forgetRuns();
            Execution dead = processor.take(run);
            processor.awaitApplied();
            processor.fallSilent(dead);
        }
        TaskRun third = processor.run(name, 1);
        assertTrue(processor.lastBundle().content().exclusive());
        processor.succeed(processor.start(third));
        caller.awaitState(job, "SUCCEEDED");
    }

    @Test
    void aWorkerThatBeatsIsLeftAloneForManyLeases() {
        String job = caller.submit(NOOP, caller.upload(name, "a"));
        String other = name + ".other";
        caller.submit(NOOP, caller.upload(other, "b"));
        Execution slow = processor.start(processor.run(name));
        Execution dead = processor.start(processor.run(other));
        processor.awaitApplied();
        processor.fallSilent(dead);
        Execution deadToo = processor.start(processor.run(other, 2));
        processor.awaitApplied();
        processor.fallSilent(deadToo);
        processor.run(other, 3);
        assertEquals("RUNNING", caller.job(job).getString("state"));
        processor.succeed(slow);
        caller.awaitState(job, "SUCCEEDED");
        assertEquals(List.of(1), caller.tasks(job).getList("items[0].attempts.number"));
    }

    @Test
    void aMessageNobodyTookIsSentAgainAsTheSameAttempt() {
        String job = caller.submit(NOOP, caller.upload(name, "a"));
        TaskRun lost = processor.run(name);
        TaskRun again = processor.run(name);
        assertEquals(lost, again);
        processor.succeed(processor.start(again));
        caller.awaitState(job, "SUCCEEDED");
    }
}
