package io.tidemill.api.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A rate: in any window of w seconds no more than burst + w × tokensPerSecond tasks go. Kept as one
 * instant, when the bucket is full again (the generic cell rate algorithm, ITU-T I.371), so that a
 * row and its lock are all that replicas share.
 *
 * @param tokensPerSecond {@link #LEAST_RATE} to {@link #MOST_RATE}; kept to whole microseconds
 *     between tokens, rounded so that it is never faster
 * @param burst tasks that may go at once, at least 1
 * @param fullTime when it is, or was, full
 */
public record TokenBucket(double tokensPerSecond, int burst, Instant fullTime) {
    public static final double LEAST_RATE = 0.001;
    public static final double MOST_RATE = 10_000;
    private static final double MICROS = 1_000_000;

    /** Tasks that may go now. */
    public int available(Instant now) {
        if (!fullTime.isAfter(now)) {
            return burst;
        }
        long missingMicros = ChronoUnit.MICROS.between(now, fullTime);
        long missing = Math.ceilDiv(missingMicros, intervalMicros());
        return (int) Math.max(0, burst - missing);
    }

    /** How long until the next may go; zero when one may go now. */
    public Duration untilNext(Instant now) {
        return until(1, now);
    }

    /** How long until so many more may have gone, if they go as soon as they may. */
    public Duration until(int tasks, Instant now) {
        long missingMicros = Math.max(0, ChronoUnit.MICROS.between(now, fullTime));
        long micros = missingMicros + ((long) tasks - burst) * intervalMicros();
        return Duration.of(Math.max(0, micros), ChronoUnit.MICROS);
    }

    /**
     * The bucket after so many went.
     *
     * @param taken at most what was available then
     */
    public TokenBucket take(int taken, Instant now) {
        Instant from = fullTime.isAfter(now) ? fullTime : now;
        return new TokenBucket(
                tokensPerSecond, burst, from.plus(taken * intervalMicros(), ChronoUnit.MICROS));
    }

    private long intervalMicros() {
        return (long) Math.ceil(MICROS / tokensPerSecond);
    }
}
