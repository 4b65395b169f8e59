package io.tidemill.api.lifecycle;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** How long failed tasks wait for their next attempts, by a name that clients can choose. */
public enum RetrySchedule {
    /** Up to 0.2 s, 0.4 s, 0.8 s … 5 s. */
    FAST(new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5))),
    /** Up to 2 s, 4 s, 8 s … 5 min. */
    STANDARD(Backoff.DEFAULT),
    /** At once, then up to 1 min, 5 min, and 30 min each time after. */
    PATIENT(
            List.of(
                    Duration.ZERO,
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(30)));

    private final Rule rule;

    /** Says how long, at random. */
    private interface Rule {
        Duration after(int attempts, RandomGenerator random);
    }

    RetrySchedule(Backoff backoff) {
        this.rule = backoff::after;
    }

    /** The second half of each step is random, so that what failed together comes back apart. */
    RetrySchedule(List<Duration> steps) {
        this.rule =
                (attempts, random) -> {
                    long step = steps.get(Math.min(attempts, steps.size()) - 1).toMillis();
                    return Duration.ofMillis(step / 2 + random.nextLong(step / 2 + 1));
                };
    }

    /** A random wait after that many used attempts, 1 or more. */
    public Duration after(int attempts, RandomGenerator random) {
        return rule.after(attempts, random);
    }

    /** As clients and descriptors write it, in lower case. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<RetrySchedule> of(String id) {
        return Arrays.stream(values()).filter(schedule -> schedule.id().equals(id)).findFirst();
    }
}
