package io.tidemill.api.policy;

import java.util.List;

/**
 * An owner's place in the ring.
 *
 * @param weight its share beside others; positive
 * @param deficitMillis working time it was given and has not used; negative: used in advance
 * @param tasks some that wait, at least the first of each class and operation
 * @param more whether more of them wait than these
 */
public record Turn(
        String owner, double weight, double deficitMillis, List<WaitingTask> tasks, boolean more) {
    public Turn {
        tasks = List.copyOf(tasks);
        if (!(weight > 0)) {
            throw new IllegalArgumentException("weight " + weight);
        }
    }
}
