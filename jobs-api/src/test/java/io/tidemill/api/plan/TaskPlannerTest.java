package io.tidemill.api.plan;

import static io.tidemill.api.plan.Steps.file;
import static io.tidemill.api.plan.Steps.operation;
import static io.tidemill.api.plan.Steps.step;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tidemill.api.lifecycle.TaskState;
import io.tidemill.contract.Failure;
import io.tidemill.contract.FailureCode;
import io.tidemill.contract.FileRef;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskPlannerTest {
    private static final TaskState QUEUED = new TaskState.Queued(0);
    private static final TaskState BLOCKED = new TaskState.Blocked(0);
    private static final TaskState FAILED = new TaskState.Failed();
    private static final TaskState SKIPPED = new TaskState.Skipped();

    private static List<PlannedTask> plan(@Nullable FileRef file, PlannedStep... steps) {
        return new TaskPlanner(List.of(steps), _ -> UUID.randomUUID()).tasksOf(7, "file_x", file);
    }

    private static List<TaskState> states(List<PlannedTask> tasks) {
        return tasks.stream().map(PlannedTask::state).toList();
    }

    private static String code(PlannedTask task) {
        Failure failure = task.failure();
        assertNotNull(failure);
        return failure.code();
    }

    @Test
    void stepsWithoutNeedsAreQueuedTheOthersBlocked() {
        FileRef file = file("a.txt");
        List<PlannedTask> tasks =
                plan(file, step(0, List.of(), -1), step(1, List.of(0), -1), step(2, List.of(1), 1));
        assertEquals(List.of(QUEUED, BLOCKED, BLOCKED), states(tasks));
        assertEquals(file, tasks.get(1).input());
        assertNull(tasks.get(2).input(), "what it works on is not made yet");
        assertEquals(tasks.get(1).id(), tasks.get(2).parent());
        assertEquals("a.txt", tasks.get(2).fileName());
        assertEquals(7, tasks.get(2).fileOrdinal());
    }

    @Test
    void onAMissingFileEveryFirstStepFailsAndTheRestIsSkipped() {
        List<PlannedTask> tasks =
                plan(
                        null,
                        step(0, List.of(), -1),
                        step(1, List.of(0), -1),
                        step(2, List.of(1), 1),
                        step(3, List.of(), -1));
        assertEquals(List.of(FAILED, SKIPPED, SKIPPED, FAILED), states(tasks));
        assertEquals(FailureCode.FILE_NOT_FOUND.name(), code(tasks.get(0)));
        assertEquals(FailureCode.NEEDED_STEP_FAILED.name(), code(tasks.get(1)));
        assertEquals(FailureCode.NEEDED_STEP_FAILED.name(), code(tasks.get(2)));
        assertNull(tasks.get(0).fileName());
    }

    @Test
    void aStepThatDoesNotTakeTheTypeFailsAloneAndTakesItsNeedersWithIt() {
        List<PlannedTask> tasks =
                plan(
                        file("a.txt"),
                        step(0, operation("image", "image/*"), List.of(), -1),
                        step(1, List.of(), -1),
                        step(2, List.of(0, 1), -1));
        assertEquals(List.of(FAILED, QUEUED, SKIPPED), states(tasks));
        assertEquals(FailureCode.UNSUPPORTED_TYPE.name(), code(tasks.get(0)));
    }

    @Test
    void aTypeThatWillNotDoIsRefusedEvenBehindAnOpenStep() {
        List<PlannedTask> tasks =
                plan(
                        file("a.txt"),
                        step(0, List.of(), -1),
                        step(1, operation("image", "image/png"), List.of(0), -1));
        assertEquals(List.of(QUEUED, FAILED), states(tasks));
    }

    @Test
    void sizesUpToTheLimitAreTaken() {
        PlannedStep step = step(0, List.of(), -1);
        assertEquals(List.of(QUEUED), states(plan(file("a", "a/b", 1_000), step)));
        List<PlannedTask> tooLarge = plan(file("a", "a/b", 1_001), step);
        assertEquals(List.of(FAILED), states(tooLarge));
        assertEquals(FailureCode.LIMIT_EXCEEDED.name(), code(tooLarge.getFirst()));
    }
}
