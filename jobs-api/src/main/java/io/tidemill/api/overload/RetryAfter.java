package io.tidemill.api.overload;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Seconds after which a client may come back, a little random, so that those refused together do
 * not come back together.
 */
enum RetryAfter {
    /** A backlog shrinks slowly. */
    BACKLOG(5, 15),
    /** Requests end soon. */
    REQUEST(1, 4),
    /** Uploads take a while. */
    UPLOAD(2, 8);

    private final int least;
    private final int most;

    RetryAfter(int least, int most) {
        this.least = least;
        this.most = most;
    }

    int next() {
        return ThreadLocalRandom.current().nextInt(least, most + 1);
    }
}
