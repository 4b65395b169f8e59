package io.tidemill.api.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(300));
    private final RandomGenerator random = new Random(4711);

    @Test
    void eachWaitLiesBetweenNothingAndItsBound() {
        for (int attempts = 1; attempts < 1_000; attempts++) {
            long bound = (long) Math.min(300_000, 2_000 * Math.pow(2, attempts - 1));
            Duration wait = BACKOFF.after(attempts, random);
            assertFalse(wait.isNegative(), "after " + attempts);
            assertTrue(wait.toMillis() <= bound, wait + " after " + attempts);
        }
    }

    @Test
    void theWholeRangeIsUsed() {
        assertEquals(Duration.ofSeconds(2), BACKOFF.after(1, alwaysHighest()));
        assertEquals(Duration.ofSeconds(4), BACKOFF.after(2, alwaysHighest()));
        assertEquals(Duration.ofSeconds(300), BACKOFF.after(30, alwaysHighest()));
        assertEquals(Duration.ZERO, new Backoff(Duration.ZERO, Duration.ZERO).after(30, random));
    }

    /** A generator that always draws the largest value allowed. */
    private static RandomGenerator alwaysHighest() {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new AssertionError("only bounded draws are expected");
            }

            @Override
            public long nextLong(long bound) {
                return bound - 1;
            }
        };
    }
}
