package io.tidemill.api.overload;

import io.tidemill.api.dto.Priority;
import io.tidemill.api.overload.OverloadRules.Verdict;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The load picture: open tasks as the database last counted them, and what this replica has let in
 * since. A task is rather counted twice for a moment than not at all. Thread-safe.
 */
final class OpenTasks {
    private final OverloadRules rules;
    private final TaskTally underWay = new TaskTally();
    private TaskTally beforeCount = new TaskTally();
    private TaskTally sinceCount = new TaskTally();
    private @Nullable TaskTally counted;

    OpenTasks(OverloadRules rules) {
        this.rules = rules;
    }

    /** Judges the tasks without letting them in. Without a picture there is room for all. */
    synchronized Verdict judge(String owner, Priority priority, long tasks) {
        return counted == null
                ? rules.judge(priority, tasks, 0, 0)
                : rules.judge(priority, tasks, of(owner), all());
    }

    /**
     * Judges the tasks and counts them at once if they are let in, so that of many that come
     * together only as many get in as there is room for.
     */
    synchronized Verdict enter(String owner, Priority priority, long tasks) {
        Verdict verdict = judge(owner, priority, tasks);
        if (verdict == Verdict.ACCEPTED) {
            underWay.add(owner, tasks);
        }
        return verdict;
    }

    /** Tasks let in before are committed; the next count will find them. */
    synchronized void committed(String owner, long tasks) {
        underWay.add(owner, -tasks);
        sinceCount.add(owner, tasks);
    }

    /** Tasks let in before were not written after all. */
    synchronized void withdrawn(String owner, long tasks) {
        underWay.add(owner, -tasks);
    }

    /** A count begins now and will find everything committed until here. */
    synchronized void countBegins() {
        beforeCount.add(sinceCount);
        sinceCount = new TaskTally();
    }

    /** The count that began last has come to an end. */
    synchronized void counted(Map<String, Long> byOwner) {
        counted = new TaskTally(byOwner);
        beforeCount = new TaskTally();
    }

    /** The picture is too old to refuse anybody by it. */
    synchronized void forget() {
        counted = null;
        beforeCount = new TaskTally();
        sinceCount = new TaskTally();
    }

    /** Open tasks of all owners, as far as is known. */
    synchronized long all() {
        return (counted == null ? 0 : counted.all())
                + beforeCount.all()
                + sinceCount.all()
                + underWay.all();
    }

    private long of(String owner) {
        return (counted == null ? 0 : counted.of(owner))
                + beforeCount.of(owner)
                + sinceCount.of(owner)
                + underWay.of(owner);
    }
}
