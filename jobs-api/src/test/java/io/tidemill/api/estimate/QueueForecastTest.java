package io.tidemill.api.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.api.estimate.QueuedTask.Brake;
import io.tidemill.api.estimate.QueuedTask.Place;
import io.tidemill.api.estimate.QueuedTask.Rival;
import io.tidemill.api.policy.Allowances;
import io.tidemill.api.policy.FairShare;
import io.tidemill.api.policy.Turn;
import io.tidemill.api.policy.WaitingTask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where a task stands among those of all owners, and when it begins. */
class QueueForecastTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final int TURN = 100;
    private static final QueueLoad BUSY = new QueueLoad(NOW, 4, 8, 4_000, TURN);
    private static final QueueLoad IDLE = new QueueLoad(NOW, 4, 0, 0, TURN);
    private static final IntToDoubleFunction NO_RATE = _ -> 0;
    private static final int SECOND = 1_000;

    private final Random random = new Random(4711);

    private static Place behind(int tasks) {
        return new Place(tasks, (double) tasks * SECOND, true);
    }

    private static QueuedTask task(
            WaitReason reason,
            @Nullable Instant notBefore,
            @Nullable Place place,
            Brake... brakes) {
        return new QueuedTask(reason, notBefore, place, 1, List.of(), List.of(brakes), NO_RATE);
    }

    private static QueuedTask among(Place place, double weight, Rival... rivals) {
        return new QueuedTask(
                WaitReason.QUEUE, null, place, weight, List.of(rivals), List.of(), NO_RATE);
    }

    private static Rival rival(int tasks) {
        return new Rival(1, tasks, (double) tasks * SECOND);
    }

    private static @Nullable Integer position(QueuedTask task) {
        return QueueForecast.of(task, BUSY).position();
    }

    private static @Nullable Instant start(QueuedTask task, QueueLoad load) {
        return QueueForecast.of(task, load).expectedStart();
    }

    @Test
    void aloneItStandsWhereItStandsAmongItsOwnersTasks() {
        assertEquals(1, position(among(behind(0), 1)));
        assertEquals(3, position(among(behind(2), 1)));
        assertEquals(10_000, position(among(behind(9_999), 1)));
        assertEquals(10_000, position(among(behind(10_000), 1)));
    }

    @Test
    void anothersBacklogCountsOnlyForItsTurns() {
        assertEquals(2, position(among(behind(0), 1, rival(1_000))));
        assertEquals(6, position(among(behind(2), 1, rival(1_000))));
        assertEquals(4, position(among(behind(2), 1, rival(1))));
        assertEquals(1 + 7, position(among(behind(0), 1, rivals(7))));
        assertEquals(10_000, position(among(behind(0), 1, rivals(20_000))));
    }

    private static Rival[] rivals(int count) {
        return Collections.nCopies(count, rival(1_000)).toArray(Rival[]::new);
    }

    @Test
    void weightsCount() {
        Rival other = rival(1_000);
        assertEquals(1 + 10 + 20 + 1, position(among(behind(10), 0.5, other)));
        assertEquals(1 + 10 + 5 + 1, position(among(behind(10), 2, other)));
    }

    @Test
    void manyShortTasksOfAnotherMakeUpOneTurn() {
        assertEquals(1 + TURN, position(among(behind(0), 1, new Rival(1, 5_000, 5_000))));
    }

    /** What the dispatcher really does, with the same owners. */
    @RepeatedTest(20)
    void theDispatcherKeepsToItButForATurnOfEachOwner() {
        List<Rival> rivals = new ArrayList<>();
        List<Turn> ring = new ArrayList<>();
        for (int i = random.nextInt(8); i > 0; i--) {
            int millis = random.nextInt(20, 400);
            int tasks = random.nextInt(1, 300);
            double weight = random.nextInt(1, 4);
            rivals.add(new Rival(weight, tasks, (double) tasks * millis));
            ring.add(new Turn("rival" + i, weight, 0, tasks("rival" + i, tasks, millis), false));
        }
        int before = random.nextInt(200);
        double weight = random.nextInt(1, 4);
        List<WaitingTask> own = tasks("own", before + 1, 150);
        ring.add(new Turn("own", weight, 0, own, false));
        Collections.shuffle(ring, random);
        List<WaitingTask> order =
                new FairShare(TURN, 64, 1, new SplittableRandom(1))
                        .choose(ring, 100_000, new Allowances(), 0).bundles().stream()
                                .flatMap(List::stream)
                                .toList();
        int real = order.indexOf(own.getLast()) + 1;
        Integer told =
                position(
                        among(
                                new Place(before, before * 150.0, true),
                                weight,
                                rivals.toArray(Rival[]::new)));
        double turns =
                rivals.stream()
                        .mapToDouble(one -> 2 + one.weight() * (TURN + 150) / one.taskMillis())
                        .sum();
        assertTrue(told != null && Math.abs(told - real) <= turns + 1, real + " and " + told);
    }

    private static List<WaitingTask> tasks(String owner, int count, long millis) {
        return LongStream.range(0, count)
                .mapToObj(n -> new WaitingTask(new UUID(0, n), owner, "noop", 1, n, millis, false))
                .toList();
    }

    @Test
    void freeSlotsTakeItAtOnce() {
        assertEquals(NOW, start(among(behind(3), 1), IDLE));
        assertEquals(NOW.plusSeconds(1), start(among(behind(4), 1), IDLE));
    }

    @Test
    void slotsShareWhatGoesFirstAndWhatProcessorsHave() {
        assertEquals(NOW.plusSeconds(1), start(among(behind(0), 1), BUSY));
        assertEquals(NOW.plusSeconds(3), start(among(behind(8), 1), BUSY));
        assertEquals(NOW.plusSeconds(5), start(among(behind(8), 1, rival(8)), BUSY));
    }

    @Test
    void theFurtherBehindTheLater() {
        List<Instant> starts =
                IntStream.range(0, 500)
                        .mapToObj(n -> start(among(behind(n), 1, rival(300), rival(20)), BUSY))
                        .toList();
        assertEquals(starts.stream().sorted().distinct().toList(), starts);
    }

    @Test
    void itIsNotBeforeItsTime() {
        Instant due = NOW.plusSeconds(60);
        assertEquals(due, start(task(WaitReason.CIRCUIT_OPEN, due, behind(0)), BUSY));
        assertEquals(due, start(task(WaitReason.BACKOFF, due, null), BUSY));
        assertEquals(due, start(task(WaitReason.SCHEDULED, due, null), BUSY));
        assertEquals(NOW, start(task(WaitReason.BACKOFF, NOW.minusSeconds(1), null), BUSY));
        assertNull(position(task(WaitReason.BACKOFF, due, null)));
    }

    @ParameterizedTest
    @EnumSource(names = {"PAUSED", "NO_PROCESSOR", "NEEDED_STEP"})
    void nobodyCanSayWhenSomebodyMustActFirst(WaitReason reason) {
        assertNull(start(task(reason, NOW, behind(0)), IDLE));
        assertNull(start(task(reason, NOW, null), IDLE));
        assertEquals(reason, QueueForecast.of(task(reason, NOW, null), IDLE).reason());
    }

    @Test
    void nobodyCanSayWithoutSlotsOrTooFarBehind() {
        assertNull(start(among(behind(0), 1), new QueueLoad(NOW, 0, 0, 0, TURN)));
        assertNull(start(among(new Place(10_000, 0, false), 1), BUSY));
    }

    @Test
    void aLimitLetsOnlySoManyGoAtOnce() {
        QueuedTask owners =
                new QueuedTask(
                        WaitReason.CONCURRENCY_LIMIT,
                        null,
                        behind(3),
                        1,
                        List.of(rival(100)),
                        List.of(new Brake(1, 2_000, true)),
                        NO_RATE);
        assertEquals(NOW.plusSeconds(5), start(owners, BUSY));
        Brake all = new Brake(1, 2_000, false);
        assertEquals(
                NOW.plusSeconds(2 + 3),
                start(task(WaitReason.CONCURRENCY_LIMIT, null, behind(3), all), BUSY));
        assertNull(
                start(
                        task(WaitReason.CONCURRENCY_LIMIT, null, behind(3), new Brake(0, 0, false)),
                        BUSY));
    }

    @Test
    void aRateGivesATokenAfterTheOther() {
        IntToDoubleFunction slow = before -> (before + 1) * 10_000.0;
        QueuedTask third =
                new QueuedTask(
                        WaitReason.RATE_LIMIT, null, behind(2), 1, List.of(), List.of(), slow);
        assertEquals(NOW.plusSeconds(30), start(third, IDLE));
    }

    @Test
    void evenTheLongestWaitHasATime() {
        Place far = new Place(5_000, Double.MAX_VALUE, true);
        assertEquals(NOW.plusSeconds(Estimate.MOST_SECONDS), start(among(far, 1), BUSY));
    }

    @Test
    void whatBeginsSoonestGoesFirst() {
        QueueOutlook soon = new QueueOutlook(9, WaitReason.QUEUE, NOW);
        QueueOutlook later = new QueueOutlook(1, WaitReason.QUEUE, NOW.plusSeconds(1));
        QueueOutlook unknown = new QueueOutlook(1, WaitReason.NO_PROCESSOR, null);
        QueueOutlook paused = new QueueOutlook(null, WaitReason.PAUSED, null);
        assertEquals(
                List.of(soon, later, unknown, paused),
                List.of(paused, unknown, later, soon).stream()
                        .sorted(QueueOutlook.SOONEST)
                        .toList());
    }
}
