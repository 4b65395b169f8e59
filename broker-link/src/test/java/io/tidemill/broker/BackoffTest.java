package io.tidemill.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration MOST = Duration.ofSeconds(5);

    @Test
    void theLongestWaitDoublesUntilTheCeiling() {
        Backoff backoff = new Backoff(FIRST, MOST, new Highest());
        assertEquals(219, backoff.next().toMillis());
        assertEquals(419, backoff.next().toMillis());
        for (int i = 0; i < 100; i++) {
            backoff.next();
        }
        assertEquals(5_019, backoff.next().toMillis());
    }

    @Test
    void aSuccessStartsAnew() {
        Backoff backoff = new Backoff(FIRST, MOST, new Highest());
        backoff.next();
        backoff.next();
        backoff.reset();
        assertEquals(219, backoff.next().toMillis());
    }

    @Test
    void theWaitIsNeverNothing() {
        Backoff backoff = new Backoff(FIRST, MOST, () -> 0L);
        assertTrue(backoff.next().toMillis() >= 20);
    }

    /** Draws the highest number allowed. */
    private static final class Highest implements RandomGenerator {
        @Override
        public long nextLong() {
            return Long.MAX_VALUE;
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    }
}
