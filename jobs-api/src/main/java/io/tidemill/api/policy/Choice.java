package io.tidemill.api.policy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What goes, and what is to be remembered of it.
 *
 * @param bundles in the order in which they go
 * @param deficits of owners that took part, in milliseconds; 0 for those that have nothing waiting
 *     any more
 * @param lastOwner whose turn was the last one that was over; the next round begins after it. Null:
 *     where this one began
 * @param full whether more would have gone with more room
 */
public record Choice(
        List<List<WaitingTask>> bundles,
        Map<String, Double> deficits,
        @Nullable String lastOwner,
        boolean full) {
    /** Nothing goes. */
    public static final Choice NOTHING = new Choice(List.of(), Map.of(), null, false);
}
