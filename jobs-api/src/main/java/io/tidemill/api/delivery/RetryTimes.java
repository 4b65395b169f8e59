package io.tidemill.api.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long a delivery that failed waits for its next attempt.
 *
 * @param waits after the first attempt, the second and so on; after the last of them no further one
 *     follows
 */
public record RetryTimes(List<Duration> waits) {
    /** Longer than this no receiver can make us wait. */
    public static final Duration MOST_ASKED_FOR = Duration.ofHours(24);

    private static final int JITTER = 5;

    public RetryTimes {
        waits = List.copyOf(waits);
    }

    /**
     * The wait after that many attempts, 1 or more; empty when that was the last. Up to a fifth is
     * added at random, so that what failed together comes back apart.
     *
     * @param askedFor what the receiver asked for; counts when it is longer
     */
    public Optional<Duration> after(
            int attempts, @Nullable Duration askedFor, RandomGenerator random) {
        if (attempts > waits.size()) {
            return Optional.empty();
        }
        Duration wait = waits.get(attempts - 1);
        if (askedFor != null && askedFor.compareTo(wait) > 0) {
            wait = askedFor.compareTo(MOST_ASKED_FOR) > 0 ? MOST_ASKED_FOR : askedFor;
        }
        long millis = wait.toMillis();
        return Optional.of(Duration.ofMillis(millis + random.nextLong(millis / JITTER + 1)));
    }
}
