package io.tidemill.api.estimate;

import java.time.Instant;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A waiting task, and all that may keep it waiting.
 *
 * @param notBefore when it is due, or may be sent at all; null: now
 * @param place null when it stands in no queue
 * @param weight share of its owner
 * @param rivals other owners, who take turns with its own
 * @param brakes limits it falls under that are used up
 * @param rateMillis after how many milliseconds the rates of its operation have a token for the one
 *     before which so many others go
 */
public record QueuedTask(
        WaitReason reason,
        @Nullable Instant notBefore,
        @Nullable Place place,
        double weight,
        List<Rival> rivals,
        List<Brake> brakes,
        IntToDoubleFunction rateMillis) {
    public QueuedTask {
        rivals = List.copyOf(rivals);
        brakes = List.copyOf(brakes);
    }

    /**
     * Where it stands among its owner's tasks.
     *
     * @param before tasks of its owner that go first
     * @param beforeMillis their working time
     * @param isKnown false: there are at least so many before it
     */
    public record Place(int before, double beforeMillis, boolean isKnown) {}

    /**
     * Another owner with waiting tasks.
     *
     * @param weight its share; positive
     * @param tasks that wait; positive
     * @param millis their working time; positive
     */
    public record Rival(double weight, long tasks, double millis) {
        double taskMillis() {
            return millis / tasks;
        }
    }

    /**
     * A limit of tasks that are with processors at once, all of which are.
     *
     * @param most tasks at once
     * @param sentMillis working time that is left in those that are with processors
     * @param ofOwner whether only tasks of its own owner count
     */
    public record Brake(int most, double sentMillis, boolean ofOwner) {}
}
