package io.tidemill.api.lifecycle;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker of one operation. Attempts that fail because something they depend on is away
 * open it; then nothing of that operation starts until a while has passed, and after that one
 * attempt at a time until one succeeds.
 *
 * @param failures in a row since the last success
 * @param openUntil nothing starts before; null while closed
 */
public record Circuit(int failures, @Nullable Instant openUntil) {
    public static final Circuit CLOSED = new Circuit(0, null);

    /** Failures in a row that open it. */
    static final int THRESHOLD = 3;

    private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final int MOST_DOUBLINGS = 10;

    /** Where it stands; open and half-open are told apart by the time. */
    public enum State {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    public State state(Instant now) {
        if (openUntil == null) {
            return State.CLOSED;
        }
        return now.isBefore(openUntil) ? State.OPEN : State.HALF_OPEN;
    }

    /** After so many attempts that failed for want of a dependency. */
    public Circuit failed(int count, Instant now) {
        int sum = failures + count;
        if (sum < THRESHOLD) {
            return new Circuit(sum, null);
        }
        // What was under way when it opened says nothing new.
        return state(now) == State.OPEN
                ? new Circuit(failures, openUntil)
                : new Circuit(sum, now.plus(openUntil == null ? FIRST_WAIT : wait(sum)));
    }

    /** After a success. */
    public Circuit succeeded() {
        return CLOSED;
    }

    private static Duration wait(int failures) {
        Duration wait =
                FIRST_WAIT.multipliedBy(1L << Math.min(MOST_DOUBLINGS, failures - THRESHOLD));
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }
}
