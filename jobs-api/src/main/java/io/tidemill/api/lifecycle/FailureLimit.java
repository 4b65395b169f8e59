package io.tidemill.api.lifecycle;

import org.jspecify.annotations.Nullable;

/**
 * How many tasks of a job may fail before the rest is given up. Of two bounds the lower counts.
 *
 * @param tasks 0 or more; null for any number
 * @param percent of all tasks the job was submitted with, 0 to 100; null for any share
 */
public record FailureLimit(@Nullable Integer tasks, @Nullable Integer percent) {
    /** Failures stop nothing. */
    public static final FailureLimit NONE = new FailureLimit(null, null);

    /** The first failure stops the job. */
    public static final FailureLimit FAIL_FAST = new FailureLimit(0, null);

    private static final long HUNDRED = 100;

    /** The most tasks that may fail among so many; null for any number. */
    public @Nullable Integer of(int total) {
        if (percent == null) {
            return tasks;
        }
        int share = (int) (total * (long) percent / HUNDRED);
        return tasks == null ? share : Math.min(tasks, share);
    }
}
