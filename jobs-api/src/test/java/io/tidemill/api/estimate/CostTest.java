package io.tidemill.api.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a task is expected to take, by the size of its input. */
class CostTest {
    private static final long MEGABYTE = 1_000_000;

    /** Measured once for each size from 1 to 10 MB. */
    private static Cost measured(LongUnaryOperator millis) {
        return measured(millis, LongStream.rangeClosed(1, 10).map(i -> i * MEGABYTE));
    }

    private static Cost measured(LongUnaryOperator millis, LongStream sizes) {
        Durations sum =
                sizes.mapToObj(bytes -> Durations.of(millis.applyAsLong(bytes), bytes))
                        .reduce(new Durations(0, 0, 0, Sizes.NONE), Durations::plus);
        double n = sum.count();
        return new Cost(
                sum.count(),
                sum.sum() / n,
                sum.squares() / n,
                new Sizes(
                        sum.sizes().bytes() / n,
                        sum.sizes().squares() / n,
                        sum.sizes().products() / n));
    }

    @Test
    void whatGrowsWithTheSizeIsExpectedTo() {
        Cost cost = measured(bytes -> 100 + bytes * 50 / MEGABYTE);
        assertEquals(150, cost.millis(MEGABYTE), 1e-6);
        assertEquals(1_100, cost.millis(20 * MEGABYTE), 1e-6);
        assertEquals(375, cost.millis(null), 1e-6);
        assertEquals(0.1, cost.spread(), 1e-9);
    }

    @Test
    void sizesThatTellNothingChangeNothing() {
        Cost falling = measured(bytes -> 1_000 - bytes * 50 / MEGABYTE);
        assertEquals(falling.meanMillis(), falling.millis(MEGABYTE), 1e-6);
        Cost same =
                measured(bytes -> bytes % 7 * 100, LongStream.range(0, 10).map(i -> MEGABYTE + i));
        assertEquals(same.meanMillis(), same.millis(100 * MEGABYTE), 1e-6);
        Cost unsized = measured(_ -> 500, LongStream.generate(() -> 0).limit(10));
        assertEquals(500, unsized.millis(MEGABYTE), 1e-6);
    }

    @Test
    void noTaskTakesNothing() {
        Cost steep = measured(bytes -> Math.max(1, (bytes - 5 * MEGABYTE) / 1_000));
        assertEquals(steep.meanMillis() / 20, steep.millis(0L), 1e-6);
    }

    @Test
    void whatTheSizeExplainsIsNoDoubt() {
        Cost mixed = measured(bytes -> bytes * 100 / MEGABYTE + (bytes / MEGABYTE % 2) * 200);
        Cost unsized = new Cost(10, mixed.meanMillis(), mixed.meanSquare(), Sizes.NONE);
        assertTrue(mixed.spread() < unsized.spread() / 2, mixed.spread() + " " + unsized.spread());
        assertTrue(mixed.spread() > 0.1, () -> String.valueOf(mixed.spread()));
    }
}
