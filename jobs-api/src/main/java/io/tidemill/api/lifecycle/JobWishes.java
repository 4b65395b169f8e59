package io.tidemill.api.lifecycle;

import org.jspecify.annotations.Nullable;

/**
 * What is wanted of a job, beside what its tasks are.
 *
 * @param stop why its open tasks are to be cancelled; null when they are not
 * @param paused no task of it may begin until it is resumed
 * @param scheduled its time has not come
 */
public record JobWishes(@Nullable StopReason stop, boolean paused, boolean scheduled) {
    public static final JobWishes NONE = new JobWishes(null, false, false);

    /** Whether its tasks must wait, however due they are. */
    public boolean hold() {
        return paused || scheduled;
    }
}
