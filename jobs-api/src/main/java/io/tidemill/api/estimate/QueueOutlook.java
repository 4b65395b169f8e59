package io.tidemill.api.estimate;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Why something waits, and for how long about.
 *
 * @param position as how many-th it will be sent, from 1; absent while it is in no queue
 * @param expectedStart absent when nobody can say
 */
public record QueueOutlook(
        @Nullable Integer position, WaitReason reason, @Nullable Instant expectedStart) {
    /** Stands for this place and all behind it. */
    public static final int MOST_POSITION = 10_000;

    /** What begins first goes first, then what is first in a queue. */
    public static final Comparator<QueueOutlook> SOONEST =
            Comparator.comparing(
                            QueueOutlook::expectedStart,
                            Comparator.nullsLast(Comparator.<Instant>naturalOrder()))
                    .thenComparing(
                            QueueOutlook::position,
                            Comparator.nullsLast(Comparator.<Integer>naturalOrder()))
                    .thenComparing(QueueOutlook::reason);
}
