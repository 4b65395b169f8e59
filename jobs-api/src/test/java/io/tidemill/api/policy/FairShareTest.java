package io.tidemill.api.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FairShareTest {
    private static final int ROOMY = 1_000;
    private static final long NOW = 10_000;

    private final FairShare policy = new FairShare(100, 64, 1, new Random(1));

    private static Turn turn(String owner, List<WaitingTask> tasks) {
        return new Turn(owner, 1, 0, tasks, false);
    }

    private Choice choose(int room, Turn... ring) {
        return policy.choose(List.of(ring), room, new Allowances(), NOW);
    }

    private static List<WaitingTask> tasks(Choice choice) {
        return choice.bundles().stream().flatMap(List::stream).toList();
    }

    private static Map<String, Long> counts(Choice choice) {
        return tasks(choice).stream()
                .collect(Collectors.groupingBy(WaitingTask::owner, Collectors.counting()));
    }

    @Test
    void nothingWaitingMeansNothingGoes() {
        Choice choice = choose(ROOMY);
        assertEquals(List.of(), choice.bundles());
        assertNull(choice.lastOwner());
        assertFalse(choice.full());
    }

    @Test
    void everythingGoesWhenThereIsRoom() {
        Choice choice =
                choose(
                        ROOMY,
                        turn("a", Tasks.many(500, "a", 7)),
                        turn("b", Tasks.many(3, "b", 900)));
        assertEquals(Map.of("a", 500L, "b", 3L), counts(choice));
        assertFalse(choice.full());
        assertEquals(Map.of("a", 0.0, "b", 0.0), choice.deficits());
    }

    @Test
    void aHugeBacklogDelaysAnotherOwnersFileByOneBundleAtMost() {
        Choice choice =
                choose(2, turn("a", Tasks.many(5_000, "a", 10)), turn("b", Tasks.many(1, "b", 10)));
        List<WaitingTask> order = tasks(choice);
        assertTrue(
                order.stream().map(WaitingTask::owner).toList().indexOf("b") <= 100 / 10,
                order.toString());
        assertTrue(choice.full());
    }

    @Test
    void longTasksAreLentTheTimeAndPayForItLater() {
        Choice first =
                choose(
                        3,
                        turn("a", Tasks.many(5, "a", 30_000)),
                        turn("b", Tasks.many(5, "b", 30_000)));
        assertEquals(
                List.of("a", "b", "a"), tasks(first).stream().map(WaitingTask::owner).toList());
        assertEquals("a", first.lastOwner());
    }

    @Test
    void workIsSharedNotTasks() {
        Map<String, Double> millis = longRun(Map.of("short", 5L, "long", 2_000L), Map.of());
        assertEquals(
                1,
                millis.getOrDefault("short", 0.0) / millis.getOrDefault("long", 0.0),
                0.05,
                millis.toString());
    }

    @Test
    void weightsMultiplyShares() {
        Map<String, Double> millis =
                longRun(Map.of("once", 50L, "thrice", 50L), Map.of("thrice", 3.0));
        assertEquals(
                3,
                millis.getOrDefault("thrice", 0.0) / millis.getOrDefault("once", 0.0),
                0.15,
                millis.toString());
    }

    /** Working time that owners with endless backlogs get in many small rounds. */
    private Map<String, Double> longRun(Map<String, Long> cost, Map<String, Double> weights) {
        Map<String, Double> deficits = new HashMap<>();
        Map<String, Double> got = new HashMap<>();
        List<String> ring = new ArrayList<>(cost.keySet());
        for (int round = 0; round < 2_000; round++) {
            List<Turn> turns =
                    ring.stream()
                            .map(
                                    owner ->
                                            new Turn(
                                                    owner,
                                                    weights.getOrDefault(owner, 1.0),
                                                    deficits.getOrDefault(owner, 0.0),
                                                    Tasks.many(
                                                            64,
                                                            owner,
                                                            cost.getOrDefault(owner, 1L)),
                                                    true))
                            .toList();
            Choice choice = policy.choose(turns, 3, new Allowances(), NOW);
            deficits.putAll(choice.deficits());
            tasks(choice)
                    .forEach(task -> got.merge(task.owner(), (double) task.millis(), Double::sum));
            while (choice.lastOwner() != null && !ring.getLast().equals(choice.lastOwner())) {
                ring.add(ring.removeFirst());
            }
        }
        return got;
    }

    @Test
    void whoUsedMuchInAdvanceWaitsForItsTurns() {
        Turn debtor = new Turn("a", 1, -1_000, Tasks.many(10, "a", 10), false);
        Choice choice = choose(1, debtor, turn("b", Tasks.many(10, "b", 10)));
        assertEquals(Map.of("b", 10L), counts(choice));
        assertEquals(
                Map.of("a", 10L),
                counts(choose(ROOMY, debtor)),
                "but never while nobody else is there");
    }

    @Test
    void classesComeBeforeAgeAndAgeBeforeIds() {
        WaitingTask low = Tasks.of("a", "noop", Tasks.LOW, 1);
        WaitingTask older = Tasks.of("a", "noop", Tasks.NORMAL, 1);
        WaitingTask younger = Tasks.of("a", "ocr", Tasks.NORMAL, 1);
        WaitingTask high = Tasks.of("a", "noop", Tasks.HIGH, 1);
        assertEquals(
                List.of(high, older, younger, low),
                tasks(choose(ROOMY, turn("a", List.of(low, older, younger, high)))));
    }

    @Test
    void whatHasWaitedTenMinutesGetsEverySecondChoice() {
        List<WaitingTask> stale = IntStream.range(0, 1_000).mapToObj(_ -> low()).toList();
        List<WaitingTask> tasks = new ArrayList<>(stale);
        long now = Tasks.of("a", 1).dueMillis() + OwnerLine.PATIENCE_MILLIS;
        Stream.generate(() -> new WaitingTask(Tasks.alone("a").id(), "a", "noop", 0, now, 1, false))
                .limit(1_000)
                .forEach(tasks::add);
        Choice choice = policy.choose(List.of(turn("a", tasks)), 10, new Allowances(), now);
        List<WaitingTask> sent = tasks(choice);
        long aged = sent.stream().filter(task -> task.priority() == Tasks.LOW).count();
        assertEquals(0.5, (double) aged / sent.size(), 0.1);
        assertEquals(
                stale.subList(0, (int) aged),
                sent.stream().filter(task -> task.priority() == Tasks.LOW).toList());
    }

    private static WaitingTask low() {
        return Tasks.of("a", "noop", Tasks.LOW, 1);
    }

    @Test
    void aLimitedOperationHoldsUpNoOther() {
        List<WaitingTask> tasks = new ArrayList<>();
        IntStream.range(0, 50).forEach(_ -> tasks.add(Tasks.of("a", "mail", Tasks.HIGH, 1)));
        IntStream.range(0, 50).forEach(_ -> tasks.add(Tasks.of("a", "noop", Tasks.LOW, 1)));
        Allowance mails = new Allowance(3);
        Choice choice =
                policy.choose(
                        List.of(turn("a", tasks)),
                        ROOMY,
                        new Allowances().operation("mail", mails),
                        NOW);
        assertEquals(53, tasks(choice).size());
        assertEquals(3, mails.used());
    }

    @Test
    void aLimitedOwnerHoldsUpNoOtherAndSavesUpNothing() {
        Allowances allowances = new Allowances().owner("a", new Allowance(2));
        Choice choice =
                policy.choose(
                        List.of(turn("a", Tasks.many(9, "a", 1)), turn("b", Tasks.many(9, "b", 1))),
                        ROOMY,
                        allowances,
                        NOW);
        assertEquals(Map.of("a", 2L, "b", 9L), counts(choice));
        assertEquals(0.0, choice.deficits().get("a"));
    }

    @Test
    void allTogetherCanBeLimited() {
        Allowances allowances = new Allowances().all(new Allowance(5)).owner("a", new Allowance(9));
        Choice choice =
                policy.choose(List.of(turn("a", Tasks.many(9, "a", 1))), ROOMY, allowances, NOW);
        assertEquals(5, tasks(choice).size());
    }

    @Test
    void aTaskThatDoesNotFitEndsTheRound() {
        Choice choice =
                choose(1, turn("a", Tasks.many(1, "a", 60)), turn("b", Tasks.many(1, "b", 90)));
        assertEquals(Map.of("a", 1L), counts(choice));
        assertEquals(
                0.0, choice.deficits().get("b"), "a turn that could not be used does not count");
        assertTrue(choice.full());
    }
}
