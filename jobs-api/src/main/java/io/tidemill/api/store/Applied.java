package io.tidemill.api.store;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What a batch of signals came to.
 *
 * @param changedJobs jobs that look different now
 * @param endedJobs those of them that have ended
 * @param stops executions that no longer count, or are no longer wanted, and should stop
 * @param deadLetters tasks that failed for good
 * @param dispatchable whether tasks may have become ready to be dispatched, or room for them
 * @param measured how long tasks took that succeeded
 * @param news for those who count
 */
public record Applied(
        Set<UUID> changedJobs,
        Set<UUID> endedJobs,
        Set<String> stops,
        Set<DeadTask> deadLetters,
        boolean dispatchable,
        List<Measured> measured,
        List<TaskNews> news) {
    public static final Applied NOTHING =
            new Applied(Set.of(), Set.of(), Set.of(), Set.of(), false);

    /** Nothing was measured. */
    public Applied(
            Set<UUID> changedJobs,
            Set<UUID> endedJobs,
            Set<String> stops,
            Set<DeadTask> deadLetters,
            boolean dispatchable) {
        this(changedJobs, endedJobs, stops, deadLetters, dispatchable, List.of(), List.of());
    }

    /** What a task of that operation took, whose input has so many bytes. */
    public record Measured(String operation, long millis, long bytes) {}

    /** A task that failed for good. */
    public record DeadTask(UUID id, UUID jobId, String operation, String code) {}

    /** Both. */
    Applied and(Applied other) {
        return new Applied(
                union(changedJobs, other.changedJobs),
                union(endedJobs, other.endedJobs),
                union(stops, other.stops),
                union(deadLetters, other.deadLetters),
                dispatchable || other.dispatchable,
                both(measured, other.measured),
                both(news, other.news));
    }

    /** The same, and this job looks different, too. */
    Applied andChanged(UUID job) {
        return and(new Applied(Set.of(job), Set.of(), Set.of(), Set.of(), false));
    }

    private static <T> List<T> both(List<T> one, List<T> two) {
        return Stream.of(one, two).flatMap(List::stream).toList();
    }

    private static <T> Set<T> union(Set<T> one, Set<T> two) {
        Set<T> all = new HashSet<>(one);
        all.addAll(two);
        return all;
    }
}
