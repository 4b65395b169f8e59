package io.tidemill.api.overload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidemill.api.dto.Priority;
import io.tidemill.api.overload.OverloadRules.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenTasksTest {
    private final OpenTasks tasks = new OpenTasks(new OverloadRules(100, 50));

    private void count(Map<String, Long> byOwner) {
        tasks.countBegins();
        tasks.counted(byOwner);
    }

    private Verdict enter(String owner, long number) {
        return tasks.enter(owner, Priority.HIGH, number);
    }

    @Test
    void withoutAPictureNobodyIsRefusedForOthers() {
        for (int i = 0; i < 10; i++) {
            assertEquals(Verdict.ACCEPTED, enter("a", 50));
        }
        assertEquals(Verdict.TOO_LARGE, enter("a", 51));
    }

    @Test
    void whatWasLetInCountsBeforeItIsWritten() {
        count(Map.of());
        assertEquals(Verdict.ACCEPTED, enter("a", 50));
        assertEquals(Verdict.OWNER_FULL, enter("a", 1));
        assertEquals(Verdict.ACCEPTED, enter("b", 50));
        assertEquals(Verdict.ALL_FULL, enter("c", 1));
    }

    @Test
    void whatIsRefusedDoesNotCount() {
        count(Map.of("a", 49L));
        assertEquals(Verdict.OWNER_FULL, enter("a", 2));
        assertEquals(Verdict.ACCEPTED, enter("a", 1));
        assertEquals(50, tasks.all());
    }

    @Test
    void whatWasNotWrittenMakesRoomAgain() {
        count(Map.of());
        assertEquals(Verdict.ACCEPTED, enter("a", 50));
        tasks.withdrawn("a", 50);
        assertEquals(0, tasks.all());
        assertEquals(Verdict.ACCEPTED, enter("a", 50));
    }

    @Test
    void whatWasWrittenBeforeACountIsLeftToIt() {
        count(Map.of());
        assertEquals(Verdict.ACCEPTED, enter("a", 30));
        tasks.committed("a", 30);
        assertEquals(30, tasks.all());
        count(Map.of("a", 20L));
        assertEquals(20, tasks.all());
    }

    @Test
    void whatIsWrittenDuringACountIsNotForgottenByIt() {
        count(Map.of());
        assertEquals(Verdict.ACCEPTED, enter("early", 10));
        assertEquals(Verdict.ACCEPTED, enter("late", 20));
        tasks.committed("early", 10);
        tasks.countBegins();
        tasks.committed("late", 20);
        assertEquals(30, tasks.all());
        tasks.counted(Map.of("early", 10L));
        assertEquals(30, tasks.all());
        assertEquals(Verdict.OWNER_FULL, enter("late", 31));
    }

    @Test
    void aCountThatFailsChangesNothing() {
        count(Map.of("a", 40L));
        assertEquals(Verdict.ACCEPTED, enter("a", 5));
        tasks.committed("a", 5);
        tasks.countBegins();
        tasks.countBegins();
        assertEquals(45, tasks.all());
        tasks.counted(Map.of("a", 45L));
        assertEquals(45, tasks.all());
    }

    @Test
    void aPictureThatIsTooOldRefusesNobody() {
        count(Map.of("a", 50L));
        assertEquals(Verdict.OWNER_FULL, enter("a", 1));
        tasks.forget();
        assertEquals(Verdict.ACCEPTED, enter("a", 1));
        count(Map.of("a", 50L));
        assertEquals(Verdict.OWNER_FULL, enter("a", 1));
    }
}
