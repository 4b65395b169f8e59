package io.tidemill.api.problem;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Seconds after which a client may come back, a little random, so that those refused together do
 * not come back together.
 */
public enum RetryAfter {
    /** A backlog shrinks slowly. */
    BACKLOG(5, 15),
    /** Requests end soon. */
    REQUEST(1, 4),
    /** Uploads take a while. */
    UPLOAD(2, 8),
    /** What is away is mostly back soon. */
    OUTAGE(3, 8);

    private final int least;
    private final int most;

    RetryAfter(int least, int most) {
        this.least = least;
        this.most = most;
    }

    String next() {
        return String.valueOf(ThreadLocalRandom.current().nextInt(least, most + 1));
    }
}
