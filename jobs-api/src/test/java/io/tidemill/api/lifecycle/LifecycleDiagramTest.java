package io.tidemill.api.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The diagram that people read and the function that decides must say the same. */
class LifecycleDiagramTest {
    private static final int MAX_ATTEMPTS = 3;
    private static final String EXECUTION = "one";
    private static final Path DOCUMENT = Path.of("..", "docs", "job-lifecycle.md");

    @Test
    void theDiagramHasExactlyTheMovesOfTheFunction() throws IOException {
        assertEquals(
                String.join("\n", moves()),
                String.join("\n", LifecycleDiagram.movesIn(Files.readString(DOCUMENT))),
                "expected: what TaskLifecycle.apply does; actual: the diagram in " + DOCUMENT);
    }

    @Test
    void everyStateAndSignalThereIsWasTried() {
        assertEquals(leaves(TaskState.class), names(states(1)));
        assertEquals(leaves(TaskSignal.class), names(TaskLifecycleTest.signals(1, EXECUTION)));
    }

    /** Each move as the diagram writes it: from, to, signal. */
    private static Set<String> moves() {
        Map<String, String> early = movesAt(1);
        Map<String, String> last = movesAt(MAX_ATTEMPTS);
        Set<String> moves = new TreeSet<>();
        early.forEach((cause, next) -> moves.add(move(cause, next, "")));
        last.forEach(
                (cause, next) ->
                        moves.add(move(cause, next, next.equals(early.get(cause)) ? "" : "last ")));
        return moves;
    }

    private static String move(String cause, String next, String condition) {
        String[] parts = cause.split(" ", 2);
        return parts[0] + " --> " + next + " : " + condition + parts[1];
    }

    /** By state and signal, where a task on that attempt goes. */
    private static Map<String, String> movesAt(int attempt) {
        Map<String, String> moves = new TreeMap<>();
        for (TaskState state : states(attempt)) {
            for (TaskSignal signal : TaskLifecycleTest.signals(attempt, EXECUTION)) {
                if (TaskLifecycle.apply(state, signal, MAX_ATTEMPTS)
                        instanceof Verdict.Moved(TaskState next)) {
                    moves.put(name(state) + " " + label(signal), name(next));
                }
            }
        }
        return moves;
    }

    private static List<TaskState> states(int attempt) {
        return List.of(
                new TaskState.Blocked(attempt - 1),
                new TaskState.Queued(attempt - 1),
                new TaskState.Dispatched(attempt),
                new TaskState.Taken(attempt, EXECUTION),
                new TaskState.Running(attempt, EXECUTION),
                new TaskState.Stopping(attempt, EXECUTION),
                new TaskState.Retrying(attempt),
                new TaskState.Succeeded(),
                new TaskState.Failed(),
                new TaskState.Cancelled(),
                new TaskState.Skipped());
    }

    private static String label(TaskSignal signal) {
        return signal instanceof TaskSignal.Fail fail ? "Fail " + fail.errorClass() : name(signal);
    }

    private static String name(Object value) {
        return value.getClass().getSimpleName();
    }

    private static Set<String> names(List<?> values) {
        return values.stream().map(LifecycleDiagramTest::name).collect(Collectors.toSet());
    }

    private static Set<String> leaves(Class<?> sealed) {
        Set<String> leaves = new HashSet<>();
        for (Class<?> part : sealed.getPermittedSubclasses()) {
            if (part.isSealed()) {
                leaves.addAll(leaves(part));
            } else {
                leaves.add(part.getSimpleName());
            }
        }
        return leaves;
    }
}
