package io.tidemill.broker;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next try: doubles from first to most, with full jitter. */
final class Backoff {
    private final Duration first;
    private final Duration most;
    private final RandomGenerator random;
    private int failures;

    Backoff(Duration first, Duration most, RandomGenerator random) {
        this.first = first;
        this.most = most;
        this.random = random;
    }

    /** At least a tenth of the first wait, at most the longest one. */
    Duration next() {
        long ceiling = Math.min(most.toMillis(), first.toMillis() << Math.min(failures, 16));
        failures++;
        return Duration.ofMillis(first.toMillis() / 10 + random.nextLong(ceiling));
    }

    void reset() {
        failures = 0;
    }
}
