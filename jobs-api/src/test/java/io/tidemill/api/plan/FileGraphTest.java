package io.tidemill.api.plan;

import static io.tidemill.api.plan.Steps.file;
import static io.tidemill.api.plan.Steps.operation;
import static io.tidemill.api.plan.Steps.step;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.api.lifecycle.TaskSignal;
import io.tidemill.contract.FileRef;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of the blocked tasks of a file; {@link Playing} plays a whole file in memory. */
class FileGraphTest {
    private static final PlannedStep FIRST = step(0, List.of(), -1);

    @Test
    void aStepGoesOnWhenAllItNeedsHaveSucceeded() {
        Playing file = new Playing(FIRST, step(1, List.of(), -1), step(2, List.of(0, 1), -1));
        file.succeed(0);
        assertEquals(List.of("BLOCKED"), file.of(2));
        file.succeed(1);
        assertEquals(List.of("OPEN a"), file.of(2));
    }

    @Test
    void whatNeedsALostStepIsSkippedAllTheWayDown() {
        Playing file =
                new Playing(
                        FIRST,
                        step(1, List.of(0), -1),
                        step(2, List.of(1), 1),
                        step(3, List.of(), -1));
        file.lose(0);
        assertEquals(List.of("LOST NEEDED_STEP_FAILED"), file.of(1));
        assertEquals(List.of("LOST NEEDED_STEP_FAILED"), file.of(2));
        assertEquals(List.of("OPEN a"), file.of(3));
    }

    @Test
    void aStepGetsOneTaskForEachOutputOfTheStepItTakes() {
        Playing file = new Playing(FIRST, step(1, List.of(0), 0));
        file.succeed(0, "x", "y", "z");
        assertEquals(List.of("OPEN x", "OPEN y", "OPEN z"), file.of(1));
    }

    @Test
    void aStepThatTakesNothingIsSkipped() {
        Playing file = new Playing(FIRST, step(1, List.of(0), 0), step(2, List.of(1), -1));
        file.succeed(0);
        assertEquals(List.of("LOST NEEDED_STEP_FAILED"), file.of(1));
        assertEquals(List.of("LOST NEEDED_STEP_FAILED"), file.of(2));
    }

    @Test
    void fanOutGoesOnWithinFanOut() {
        Playing file = new Playing(FIRST, step(1, List.of(0), 0), step(2, List.of(1), 1));
        file.succeed(0, "x", "y");
        assertEquals(List.of("BLOCKED", "BLOCKED"), file.of(2));
        file.succeedOn(1, "x", "x1", "x2");
        file.succeedOn(1, "y", "y1");
        assertEquals(List.of("OPEN x1", "OPEN x2", "OPEN y1"), file.of(2));
    }

    @Test
    void aBranchThatIsLostTakesOnlyItsOwnWithIt() {
        Playing file = new Playing(FIRST, step(1, List.of(0), 0), step(2, List.of(1), 1));
        file.succeed(0, "x", "y");
        file.loseOn(1, "x");
        file.succeedOn(1, "y", "y1");
        assertEquals(List.of("LOST NEEDED_STEP_FAILED", "OPEN y1"), file.of(2));
    }

    @Test
    void aStepOnTheFileWaitsForEveryTaskOfANeededFanOut() {
        Playing file = new Playing(FIRST, step(1, List.of(0), 0), step(2, List.of(1), -1));
        file.succeed(0, "x", "y");
        file.succeedOn(1, "x");
        assertEquals(List.of("BLOCKED"), file.of(2));
        file.succeedOn(1, "y");
        assertEquals(List.of("OPEN a"), file.of(2));
    }

    @Test
    void outputsAreKeptForAStepThatWaitsForAnotherOneToo() {
        Playing file = new Playing(FIRST, step(1, List.of(), -1), step(2, List.of(0, 1), 0));
        file.succeed(0, "x", "y");
        assertEquals(List.of("BLOCKED x", "BLOCKED y"), file.of(2));
        file.succeed(1);
        assertEquals(List.of("OPEN x", "OPEN y"), file.of(2));
    }

    @Test
    void twoStepsTakeTheSameOutputsEachInTasksOfItsOwn() {
        Playing file = new Playing(FIRST, step(1, List.of(0), 0), step(2, List.of(0), 0));
        file.succeed(0, "x", "y");
        assertEquals(List.of("OPEN x", "OPEN y"), file.of(1));
        assertEquals(List.of("OPEN x", "OPEN y"), file.of(2));
    }

    @Test
    void anOutputTheNextStepDoesNotAcceptIsRefusedAlone() {
        PlannedStep images = step(1, operation("images", "image/*"), List.of(0), 0);
        Playing file = new Playing(FIRST, images, step(2, List.of(1), 1));
        file.succeed(0, List.of(file("x", "image/png", 5), file("y", "text/plain", 5)));
        assertEquals(List.of("LOST y UNSUPPORTED_TYPE", "OPEN x"), file.of(1));
        assertEquals(List.of("BLOCKED", "LOST NEEDED_STEP_FAILED"), file.of(2));
        assertTrue(file.lastSignals().contains(new TaskSignal.Refuse()));
    }

    @Test
    void moreOutputsThanAFileMayHaveTasksAreNotDroppedInSilence() {
        Playing file = new Playing(FIRST, step(1, List.of(0), 0));
        List<FileRef> many =
                IntStream.range(0, FileGraph.MAX_TASKS + 5).mapToObj(i -> file("o" + i)).toList();
        file.succeed(0, many);
        assertEquals(List.of("LOST LIMIT_EXCEEDED"), file.of(1).stream().distinct().toList());
        assertTrue(file.size() <= FileGraph.MAX_TASKS);
    }

    @Test
    void nothingFollowsWhileNothingHasEnded() {
        FileGraph.Advance advance = new Playing(FIRST, step(1, List.of(0), 0)).advance(Map.of());
        assertEquals(List.of(), advance.copies());
        assertEquals(List.of(), advance.changes());
    }
}
