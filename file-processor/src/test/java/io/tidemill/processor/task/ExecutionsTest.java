package io.tidemill.processor.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.contract.FileRef;
import io.tidemill.contract.TaskRun;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExecutionsTest {
    private static final TaskRun RUN =
            new TaskRun(
                    "task_1",
                    1,
                    "noop",
                    Map.of(),
                    new FileRef("a.txt", "text/plain", 1, "0".repeat(64)),
                    60,
                    null,
                    null);

    private final Executions executions = new Executions();

    private Execution claim() {
        return executions.claim(List.of(RUN)).fresh().getFirst();
    }

    @Test
    void anAttemptThatEndedHereIsNotWorkedAgain() {
        Execution first = claim();
        first.finish();
        executions.forget(first);
        assertTrue(executions.claim(List.of(RUN)).all().isEmpty());
    }

    @Test
    void anAttemptThatIsHeldIsNotWorkedTwice() {
        Execution first = claim();
        assertEquals(List.of(first), executions.claim(List.of(RUN)).held());
    }

    /**
     * It was taken elsewhere, that worker died, and the attempt was given back: nobody began it.
     */
    @Test
    void anAttemptThatWasStoppedMayComeAgainUnderTheSameNumber() {
        Execution stopped = claim();
        assertEquals(List.of(stopped), executions.stop(List.of(stopped.id())));
        executions.drop(stopped);
        assertNotEquals(stopped.id(), claim().id());
    }
}
