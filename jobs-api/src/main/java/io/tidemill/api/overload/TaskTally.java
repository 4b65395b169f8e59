package io.tidemill.api.overload;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers of tasks by owner, with their sum. Not thread-safe. */
final class TaskTally {
    private final Map<String, Long> byOwner = new HashMap<>();
    private long all;

    TaskTally() {}

    TaskTally(Map<String, Long> byOwner) {
        byOwner.forEach(this::add);
    }

    /** Adds tasks; a negative number takes some away. */
    void add(String owner, long tasks) {
        all += tasks;
        if (tasks != 0) {
            byOwner.merge(owner, tasks, TaskTally::sumOrNothing);
        }
    }

    void add(TaskTally other) {
        other.byOwner.forEach(this::add);
    }

    long all() {
        return all;
    }

    long of(String owner) {
        return byOwner.getOrDefault(owner, 0L);
    }

    /** Owners without tasks are not kept. */
    private static @Nullable Long sumOrNothing(Long before, Long more) {
        long sum = before + more;
        return sum == 0 ? null : sum;
    }
}
