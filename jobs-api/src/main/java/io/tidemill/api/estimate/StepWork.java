package io.tidemill.api.estimate;

import io.tidemill.api.lifecycle.PercentDone;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a step has done and has to do.
 *
 * @param needs ordinals of earlier steps that come before it
 * @param declaredMillis what one of its tasks is declared to take
 * @param cost what its operation was measured to take
 * @param inputBytes mean size of its tasks' inputs; null: not known
 */
public record StepWork(
        PercentDone.Work work,
        List<Integer> needs,
        int declaredMillis,
        @Nullable Cost cost,
        @Nullable Long inputBytes) {
    private static final double HUNDRED = 100;

    public StepWork {
        needs = List.copyOf(needs);
    }

    boolean isOpen() {
        return open() > 0;
    }

    int open() {
        return work.tally().open();
    }

    boolean isMeasured() {
        return cost != null && cost.isKnown();
    }

    /** What one of its tasks takes, by the best that is known; at least 1. */
    double taskMillis() {
        return Math.max(
                1, cost != null && cost.isKnown() ? cost.millis(inputBytes) : declaredMillis);
    }

    /** Work left in its open tasks, in tasks: what they have told to be done does not count. */
    double tasksLeft() {
        return open() - work.openPercent() / HUNDRED;
    }

    /** Work left, in milliseconds of one slot. */
    double millisLeft() {
        return tasksLeft() * taskMillis();
    }

    /** Standard deviation of what one task takes, in parts of that; 1 when not measured. */
    double spread() {
        return cost != null && cost.isKnown() ? cost.spread() : 1;
    }

    /** How many measurements {@link #taskMillis()} is worth; a declaration is worth one. */
    double samples() {
        return cost != null && cost.isKnown() ? cost.samples() : 1;
    }
}
