package io.tidemill.api.policy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The waiting tasks of one owner: by class, in each class the one that is due longest first.
 *
 * <p>Ageing: once a task has waited ten minutes, every second choice, by lot, is for the one that
 * has waited longest, whatever its class. So no class starves, and urgent work still passes a stale
 * backlog. A lot needs no memory that replicas would have to share.
 */
final class OwnerLine {
    /** So long a task may wait behind higher classes. */
    static final long PATIENCE_MILLIS = Duration.ofMinutes(10).toMillis();

    private static final Comparator<WaitingTask> BY_AGE =
            Comparator.comparingLong(WaitingTask::dueMillis).thenComparing(WaitingTask::id);
    private static final Comparator<WaitingTask> BY_CLASS =
            Comparator.comparingInt(WaitingTask::priority).thenComparing(BY_AGE);

    private final Map<Place, Queue<WaitingTask>> queues = new HashMap<>();
    private final long nowMillis;
    private final RandomGenerator lots;

    /** Where a task waits. */
    private record Place(String operation, int priority) {
        static Place of(WaitingTask task) {
            return new Place(task.operation(), task.priority());
        }
    }

    OwnerLine(Collection<WaitingTask> tasks, long nowMillis, RandomGenerator lots) {
        this.nowMillis = nowMillis;
        this.lots = lots;
        tasks.stream()
                .sorted(BY_AGE)
                .forEach(
                        task ->
                                queues.computeIfAbsent(Place.of(task), _ -> new ArrayDeque<>())
                                        .add(task));
    }

    /** Whose turn it is among those that may go; null when none may. */
    @Nullable WaitingTask choose(Predicate<WaitingTask> mayGo) {
        List<WaitingTask> heads =
                queues.values().stream().map(Queue::element).filter(mayGo).toList();
        if (heads.isEmpty()) {
            return null;
        }
        WaitingTask first = heads.stream().min(BY_CLASS).orElseThrow();
        WaitingTask oldest = heads.stream().min(BY_AGE).orElseThrow();
        boolean aged = nowMillis - oldest.dueMillis() >= PATIENCE_MILLIS;
        return aged && oldest != first && lots.nextBoolean() ? oldest : first;
    }

    /** Takes the one that was chosen out of the line. */
    void remove(WaitingTask chosen) {
        queues.computeIfPresent(Place.of(chosen), (_, queue) -> withoutHead(queue));
    }

    private static @Nullable Queue<WaitingTask> withoutHead(Queue<WaitingTask> queue) {
        queue.remove();
        return queue.isEmpty() ? null : queue;
    }

    boolean isEmpty() {
        return queues.isEmpty();
    }
}
