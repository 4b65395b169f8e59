package io.tidemill.processor.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.contract.FileRef;
import io.tidemill.contract.TaskEvent;
import io.tidemill.contract.TaskRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExecutionTest {
    private final Executions executions = new Executions();

    @Test
    void theEndIsToldOnce() throws InterruptedException {
        Execution execution = hold("task", 1);
        Thread thread = Thread.ofVirtual().unstarted(() -> {});
        assertTrue(execution.start(thread));
        assertTrue(execution.finish());
        assertFalse(execution.stop());
        assertFalse(execution.release());
        assertFalse(execution.finish());
        thread.join();
    }

    @Test
    void whatWasStoppedWhileWaitingNeverStarts() throws InterruptedException {
        Execution execution = hold("task", 1);
        assertEquals(List.of(execution), executions.stop(List.of(execution.id(), "unknown")));
        assertFalse(execution.start(Thread.ofVirtual().unstarted(() -> {})));
        assertTrue(execution.restsWithin(Duration.ZERO));
    }

    @Test
    void whatWasStoppedIsHeldUntilItIsForgotten() throws InterruptedException {
        Execution execution = hold("task", 1);
        executions.stop(List.of(execution.id()));
        assertEquals(List.of(execution), executions.held());
        assertFalse(executions.noneWithin(Duration.ofMillis(1)));
        assertEquals(List.of(), executions.stop(List.of(execution.id())), "told once is enough");
        executions.forget(execution);
        assertTrue(executions.noneWithin(Duration.ZERO));
    }

    @Test
    void aResultThatWasThereBeforeTheStopWins() throws InterruptedException {
        Execution execution = hold("task", 1);
        Thread thread = Thread.ofVirtual().unstarted(() -> {});
        execution.start(thread);
        thread.join();
        assertTrue(execution.finish());
        assertEquals(List.of(), executions.stop(List.of(execution.id())));
    }

    @Test
    void progressIsKeptWithinItsBounds() {
        Execution execution = hold("task", 1);
        execution.report(250, "x".repeat(1_000));
        assertEquals(99, execution.pulse().percent());
        assertEquals(200, String.valueOf(execution.pulse().activity()).length());
    }

    @Test
    void thePercentNeverFallsWhateverIsTold() {
        Execution execution = hold("task", 1);
        execution.report(-5, "page 1 of 4");
        assertEquals(0, execution.pulse().percent());
        execution.report(50, "page 3 of 4");
        execution.report(25, "page 2 of 4");
        assertEquals(50, execution.pulse().percent());
        assertEquals("page 2 of 4", execution.pulse().activity());
    }

    @Test
    void progressIsNewsOnceAndOnlyWhileItRuns() {
        Execution execution = hold("task", 1);
        execution.report(10, "page 1 of 9");
        assertTrue(execution.news().isEmpty(), "it waits");
        execution.start(Thread.ofVirtual().unstarted(() -> {}));
        execution.save("page=1");
        assertEquals(
                new TaskEvent.Pulse("task", 1, execution.id(), 10, "page 1 of 9", null),
                execution.news().orElseThrow());
        assertTrue(execution.news().isEmpty(), "told already");

        execution.report(10, "page 1 of 9");
        assertTrue(execution.news().isEmpty(), "nothing new");
        execution.report(10, "page 2 of 9");
        assertEquals("page 2 of 9", execution.news().orElseThrow().activity());
        execution.report(20, "page 2 of 9");
        execution.pulse();
        assertTrue(execution.news().isEmpty(), "a heartbeat told it");

        execution.report(30, "page 3 of 9");
        assertTrue(execution.finish());
        assertTrue(execution.news().isEmpty(), "its last word is on its way");
    }

    @Test
    void aCheckpointOfAnEarlierAttemptIsPassedOnUntilAnotherIsSaved() {
        TaskRun run = run("task", 2);
        Execution execution =
                new Execution(
                        new TaskRun("task", 2, "copy", Map.of(), run.input(), 60, "page=3", null),
                        "execution");
        assertEquals("page=3", execution.released().checkpoint());
        execution.save("page=4");
        assertEquals("page=4", execution.last().orElseThrow());
        assertEquals("page=4", execution.pulse().checkpoint());
        assertEquals("page=4", execution.released().checkpoint());
    }

    @Test
    void aCheckpointThatIsTooLongIsRefused() {
        Execution execution = hold("task", 1);
        execution.save("é".repeat(2_048));
        IllegalArgumentException refusal =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> execution.save("é".repeat(2_048) + "x"));
        assertEquals(
                "a checkpoint has at most 4096 bytes, not 4097: save where to go on, not what was"
                        + " made",
                refusal.getMessage());
        assertEquals("é".repeat(2_048), execution.pulse().checkpoint());
    }

    @Test
    void anAttemptIsHeldOnceAndRememberedAfterwards() {
        Execution execution = hold("task", 1);
        Executions.Claim again = executions.claim(List.of(run("task", 1), run("task", 2)));
        assertEquals(List.of(execution), again.held());
        assertEquals(2, again.fresh().getFirst().run().attempt());

        executions.forget(execution);
        Executions.Claim late = executions.claim(List.of(run("task", 1)));
        assertEquals(List.of(), late.all());
    }

    @Test
    void theMemoryOfPastAttemptsIsBounded() {
        for (int i = 0; i < 10_001; i++) {
            executions.forget(hold("task" + i, 1));
        }
        assertEquals(1, executions.claim(List.of(run("task0", 1))).fresh().size());
        assertEquals(0, executions.claim(List.of(run("task10000", 1))).fresh().size());
    }

    private Execution hold(String task, int attempt) {
        return executions.claim(List.of(run(task, attempt))).fresh().getFirst();
    }

    private static TaskRun run(String task, int attempt) {
        FileRef file = new FileRef("a", "text/plain", 1, "0".repeat(64));
        return new TaskRun(task, attempt, "copy", Map.of(), file, 60, null, null);
    }
}
