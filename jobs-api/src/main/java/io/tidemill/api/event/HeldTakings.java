package io.tidemill.api.event;

import io.tidemill.contract.TaskEvent;
import io.tidemill.contract.TaskEvents;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Messages that only tell that tasks were taken, which nobody sees, kept for a moment: whatever an
 * execution tells next says as much, so that a short task is written once less. Not thread-safe.
 *
 * @param <M> a message
 */
final class HeldTakings<M> {
    private final Set<Held<M>> held = new LinkedHashSet<>();
    private final Map<String, Held<M>> byExecution = new HashMap<>();

    /** What is to be applied of a message: nothing when its executions have all told more. */
    record Due<M>(M message, TaskEvents events) {}

    private static final class Held<M> {
        final M message;
        final TaskEvents events;
        final long nanos;
        final Set<String> left = new HashSet<>();

        Held(M message, TaskEvents events, long nanos) {
            this.message = message;
            this.events = events;
            this.nanos = nanos;
        }

        Due<M> due() {
            List<TaskEvent> rest = events.events().stream().filter(this::isLeft).toList();
            return new Due<>(message, new TaskEvents(events.version(), events.worker(), rest));
        }

        private boolean isLeft(TaskEvent event) {
            return event instanceof TaskEvent.Taken taken && left.contains(taken.execution());
        }
    }

    /**
     * Keeps a message.
     *
     * @param events of type {@link TaskEvent.Taken} only
     * @param nanos when it came, by {@link System#nanoTime}
     */
    void hold(M message, TaskEvents events, long nanos) {
        Held<M> one = new Held<>(message, events, nanos);
        for (TaskEvent event : events.events()) {
            if (event instanceof TaskEvent.Taken taken) {
                one.left.add(taken.execution());
                byExecution.put(taken.execution(), one);
            }
        }
        held.add(one);
    }

    /**
     * What these events say is about to be applied. Gives back the messages that say nothing beyond
     * that.
     */
    List<Due<M>> overtakenBy(Collection<TaskEvents> batch) {
        List<Due<M>> done = new ArrayList<>();
        for (TaskEvents told : batch) {
            for (TaskEvent event : told.events()) {
                if (event instanceof TaskEvent.OfExecution about) {
                    Held<M> one = byExecution.remove(about.execution());
                    if (one != null && one.left.remove(about.execution()) && one.left.isEmpty()) {
                        held.remove(one);
                        done.add(one.due());
                    }
                }
            }
        }
        return done;
    }

    /** Gives back those that came at this time or before. */
    List<Due<M>> cameUntil(long nanos) {
        List<Held<M>> due = held.stream().filter(one -> one.nanos - nanos <= 0).toList();
        due.forEach(held::remove);
        byExecution.values().removeAll(due);
        return due.stream().map(Held::due).toList();
    }

    /** Gives back the messages that are left, in the order in which they came. */
    List<M> release() {
        List<M> all = held.stream().map(one -> one.message).toList();
        clear();
        return all;
    }

    void clear() {
        held.clear();
        byExecution.clear();
    }

    /**
     * When the one that has waited longest came.
     *
     * @throws java.util.NoSuchElementException if there is none
     */
    long oldestNanos() {
        return held.iterator().next().nanos;
    }

    boolean isEmpty() {
        return held.isEmpty();
    }
}
