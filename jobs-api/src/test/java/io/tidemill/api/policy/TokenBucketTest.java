package io.tidemill.api.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenBucketTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void aFullOneHasItsBurst() {
        TokenBucket bucket = new TokenBucket(14, 5, Instant.EPOCH);
        assertEquals(5, bucket.available(NOON));
        TokenBucket empty = bucket.take(5, NOON);
        assertEquals(0, empty.available(NOON));
        assertEquals(0, empty.available(NOON.plusMillis(71)));
        assertEquals(1, empty.available(NOON.plusMillis(72)));
        assertEquals(5, empty.available(NOON.plusSeconds(1)));
    }

    @Test
    void itIsKnownWhenTheNextMayGo() {
        TokenBucket bucket = new TokenBucket(10, 2, Instant.EPOCH);
        assertEquals(Duration.ZERO, bucket.untilNext(NOON));
        assertEquals(Duration.ZERO, bucket.take(1, NOON).untilNext(NOON));
        assertEquals(Duration.ofMillis(100), bucket.take(2, NOON).untilNext(NOON));
        assertEquals(Duration.ofMillis(40), bucket.take(2, NOON).untilNext(NOON.plusMillis(60)));
    }

    @Test
    void itIsKnownWhenManyMayHaveGone() {
        TokenBucket full = new TokenBucket(10, 2, Instant.EPOCH);
        assertEquals(Duration.ZERO, full.until(2, NOON));
        assertEquals(Duration.ofMillis(100), full.until(3, NOON));
        assertEquals(Duration.ofSeconds(1), full.until(12, NOON));
        assertEquals(Duration.ofMillis(1_200), full.take(2, NOON).until(12, NOON));
    }

    @Test
    void slowerThanOneASecondIsARateToo() {
        TokenBucket empty = new TokenBucket(0.1, 1, Instant.EPOCH).take(1, NOON);
        assertEquals(0, empty.available(NOON.plusMillis(9_999)));
        assertEquals(1, empty.available(NOON.plusSeconds(10)));
    }

    /**
     * Takes all it can at random times, and looks at every window that begins and ends with one.
     */
    @ParameterizedTest
    @CsvSource({"14, 1", "14, 14", "0.5, 3", "1000, 1", "10000, 7", "3, 100"})
    void noWindowHoldsMoreThanBurstAndRate(double rate, int burst) {
        Random random = new Random(burst);
        TokenBucket bucket = new TokenBucket(rate, burst, Instant.EPOCH);
        List<Instant> taken = new ArrayList<>();
        Instant now = NOON;
        while (taken.size() < 600) {
            now = now.plusNanos(1_000L * random.nextLong((long) (4_000_000 / rate)));
            int wanted = Math.min(bucket.available(now), 1 + random.nextInt(burst));
            bucket = bucket.take(wanted, now);
            for (int i = 0; i < wanted; i++) {
                taken.add(now);
            }
        }
        for (int from = 0; from < taken.size(); from++) {
            for (int to = from; to < taken.size(); to++) {
                double seconds =
                        Duration.between(taken.get(from), taken.get(to)).toNanos()
                                / 1_000_000_000.0;
                assertTrue(to - from + 1 <= burst + rate * seconds + 1e-6, from + " to " + to);
            }
        }
        double all = Duration.between(NOON, now).toNanos() / 1_000_000_000.0;
        assertTrue(taken.size() > rate * all * 0.25, "it is no slower than it must be");
    }
}
