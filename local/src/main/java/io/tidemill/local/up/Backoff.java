package io.tidemill.local.up;

import java.time.Duration;

/**
 * How long to wait before a process that died is started again: each time twice as long, until it
 * has run well for a while.
 */
final class Backoff {
    static final Duration FIRST = Duration.ofMillis(250);
    static final Duration LONGEST = Duration.ofSeconds(15);
    static final Duration RAN_WELL = Duration.ofSeconds(30);

    private Duration next = FIRST;

    /**
     * @param ran how long the process had been running when it died
     */
    Duration after(Duration ran) {
        if (ran.compareTo(RAN_WELL) >= 0) {
            next = FIRST;
        }
        Duration wait = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return wait;
    }
}
