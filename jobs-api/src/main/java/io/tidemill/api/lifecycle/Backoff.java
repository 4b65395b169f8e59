package io.tidemill.api.lifecycle;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a failed task waits for its next attempt: exponential with full jitter, so that tasks
 * that failed together do not come back together.
 *
 * @param first upper bound of the first wait
 * @param most upper bound of every wait
 */
public record Backoff(Duration first, Duration most) {
    public static final Backoff DEFAULT = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5));
    private static final int MAX_DOUBLINGS = 20;

    /**
     * A random wait after that many used attempts (1 or more): evenly between 0 and {@code first} ×
     * 2^(attempts-1).
     */
    public Duration after(int attempts, RandomGenerator random) {
        long bound = first.toMillis() << Math.min(MAX_DOUBLINGS, attempts - 1);
        return Duration.ofMillis(random.nextLong(Math.min(bound, most.toMillis()) + 1));
    }
}
