package io.tidemill.api.store;

import java.util.Set;
import java.util.UUID;

/**
 * What a batch of reports came to.
 *
 * @param changedJobs jobs that look different now
 * @param endedJobs those of them that have ended
 * @param superseded executions that no longer count and should stop
 * @param dispatchable whether tasks may have become ready to be dispatched, or room for them
 */
public record Applied(
        Set<UUID> changedJobs, Set<UUID> endedJobs, Set<String> superseded, boolean dispatchable) {
    public static final Applied NOTHING = new Applied(Set.of(), Set.of(), Set.of(), false);
}
