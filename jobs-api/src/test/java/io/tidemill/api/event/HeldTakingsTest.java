package io.tidemill.api.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.contract.ErrorClass;
import io.tidemill.contract.Failure;
import io.tidemill.contract.TaskEvent;
import io.tidemill.contract.TaskEvents;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HeldTakingsTest {
    private final HeldTakings<String> takings = new HeldTakings<>();

    @Test
    void aMessageIsDoneWhenAllItsExecutionsHaveToldMore() {
        takings.hold("m", taken("a", "b", "c"), 0);
        assertEquals(List.of(), takings.overtakenBy(List.of(started("a"))));
        assertEquals(List.of(), takings.overtakenBy(List.of(succeeded("a"))));
        assertEquals(
                List.of(new HeldTakings.Due<>("m", taken())),
                takings.overtakenBy(List.of(succeeded("b"), failed("c"))));
        assertTrue(takings.isEmpty());
    }

    @Test
    void onlyWhatIsLeftIsToldWhenItHasWaited() {
        takings.hold("first", taken("a", "b", "c"), 10);
        takings.hold("second", taken("d"), 20);
        takings.overtakenBy(List.of(succeeded("b")));
        assertEquals(10, takings.oldestNanos());
        assertEquals(List.of(), takings.cameUntil(9));
        assertEquals(
                List.of(new HeldTakings.Due<>("first", taken("a", "c"))), takings.cameUntil(10));
        assertEquals(List.of(), takings.overtakenBy(List.of(succeeded("a"), succeeded("c"))));
        assertEquals(20, takings.oldestNanos());
        assertEquals(List.of(new HeldTakings.Due<>("second", taken("d"))), takings.cameUntil(20));
        assertTrue(takings.isEmpty());
    }

    /** The clock of {@link System#nanoTime} may be anywhere, and begin anew. */
    @Test
    void timeIsComparedByDifference() {
        takings.hold("m", taken("a"), Long.MAX_VALUE);
        assertEquals(List.of(), takings.cameUntil(Long.MAX_VALUE - 1));
        assertEquals(1, takings.cameUntil(Long.MIN_VALUE).size());
    }

    @Test
    void othersAreNotConcerned() {
        takings.hold("m", taken("a"), 0);
        assertEquals(List.of(), takings.overtakenBy(List.of(started("b"), taken("c"))));
        assertFalse(takings.isEmpty());
    }

    @Test
    void allAreGivenBackWholeAndInTheirOrder() {
        takings.hold("first", taken("a", "b"), 0);
        takings.hold("second", taken("c"), 0);
        takings.overtakenBy(List.of(succeeded("a")));
        assertEquals(List.of("first", "second"), takings.release());
        assertTrue(takings.isEmpty());
        assertEquals(List.of(), takings.overtakenBy(List.of(succeeded("b"), succeeded("c"))));
    }

    @Test
    void nothingIsLeftOfWhatWasForgotten() {
        takings.hold("m", taken("a"), 0);
        takings.clear();
        assertTrue(takings.isEmpty());
        assertEquals(List.of(), takings.cameUntil(1));
        assertEquals(List.of(), takings.overtakenBy(List.of(succeeded("a"))));
    }

    private static TaskEvents taken(String... executions) {
        return events(Arrays.stream(executions).map(name -> new TaskEvent.Taken("task", 1, name)));
    }

    private static TaskEvents started(String execution) {
        return events(Stream.of(new TaskEvent.Started("task", 1, execution)));
    }

    private static TaskEvents succeeded(String execution) {
        return events(
                Stream.of(
                        new TaskEvent.Succeeded("task", 1, execution, Map.of(), List.of(), null)));
    }

    private static TaskEvents failed(String execution) {
        Failure failure = new Failure("CODE", ErrorClass.PERMANENT, "It failed.");
        return events(Stream.of(new TaskEvent.Failed("task", 1, execution, failure, null)));
    }

    private static TaskEvents events(Stream<? extends TaskEvent> events) {
        return new TaskEvents(
                TaskEvents.VERSION, "worker", events.map(TaskEvent.class::cast).toList());
    }
}
