package io.tidemill.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {
    private static final long MILLI = 1_000_000;

    @Test
    void theNearestRankIsTaken() {
        List<Long> hundred = LongStream.rangeClosed(1, 100).map(i -> i * MILLI).boxed().toList();
        Percentiles times = new Percentiles(hundred.reversed());
        assertEquals(50, times.median());
        assertEquals(99, times.at(0.99));
        assertEquals(100, times.at(1));
        assertEquals(100, times.count());
    }

    @Test
    void oneIsEnough() {
        Percentiles times = new Percentiles(List.of(3 * MILLI));
        assertEquals(3, times.median());
        assertEquals(3, times.at(0.99));
    }

    @Test
    void nothingIsNothing() {
        assertThrows(IllegalArgumentException.class, () -> new Percentiles(List.of()));
    }
}
