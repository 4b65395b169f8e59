package io.tidemill.api.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.api.dto.FieldError;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepOrderTest {
    private final List<StepDraft> drafts = new ArrayList<>();

    private StepOrderTest step(String id, String input, String... needs) {
        drafts.add(
                new StepDraft(
                        drafts.size(), id, Steps.operation("op"), "{}", List.of(needs), input));
        return this;
    }

    private List<String> order() {
        StepOrder.Ordered ordered = StepOrder.of(drafts);
        assertEquals(List.of(), ordered.errors());
        return ordered.steps().stream().map(PlannedStep::id).toList();
    }

    private List<String> wrongAt() {
        StepOrder.Ordered ordered = StepOrder.of(drafts);
        assertEquals(List.of(), ordered.steps());
        return ordered.errors().stream().map(FieldError::pointer).toList();
    }

    @Test
    void stepsThatDoNotDependOnEachOtherKeepTheirOrder() {
        step("c", "file").step("a", "file").step("b", "file");
        assertEquals(List.of("c", "a", "b"), order());
    }

    @Test
    void aStepComesAfterThoseItNeeds() {
        step("last", "mid", "first").step("mid", "file", "first").step("first", "file");
        assertEquals(List.of("first", "mid", "last"), order());
        PlannedStep last = StepOrder.of(drafts).steps().getLast();
        assertEquals(2, last.ordinal());
        assertEquals(List.of(0, 1), last.needs(), "the step it takes its input from is needed too");
        assertEquals(1, last.input());
    }

    @Test
    void aStepOnTheJobsFileTakesTheFile() {
        step("a", "file");
        assertTrue(StepOrder.of(drafts).steps().getFirst().takesFile());
    }

    @Test
    void everyStepOfACycleIsNamed() {
        step("free", "file").step("a", "file", "b").step("b", "c").step("c", "file", "a");
        assertEquals(List.of("/steps/1/needs", "/steps/2/needs", "/steps/3/needs"), wrongAt());
    }

    @Test
    void aStepCannotNeedItselfNorTakeItsOwnOutput() {
        step("a", "file", "a").step("b", "b");
        assertEquals(List.of("/steps/0/needs", "/steps/1/needs"), wrongAt());
    }

    @Test
    void unknownStepsAreNamedWhereTheyStand() {
        step("a", "file", "ghost", "a2").step("a2", "phantom");
        assertEquals(List.of("/steps/0/needs/0", "/steps/1/input"), wrongAt());
    }

    @Test
    void anIdCanBeGivenOnlyOnceAndFileIsTaken() {
        step("a", "file").step("a", "file").step("file", "file");
        assertEquals(List.of("/steps/1/id", "/steps/2/id"), wrongAt());
    }

    @Test
    void twentyStepsInAChainGivenBackwardsAreTurnedAround() {
        for (int i = 19; i > 0; i--) {
            step("s" + i, "file", "s" + (i - 1));
        }
        step("s0", "file");
        List<String> order = order();
        for (int i = 0; i < 20; i++) {
            assertEquals("s" + i, order.get(i));
        }
    }
}
