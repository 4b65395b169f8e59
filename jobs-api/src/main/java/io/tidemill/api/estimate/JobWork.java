package io.tidemill.api.estimate;

import io.tidemill.api.lifecycle.JobState;
import io.tidemill.api.lifecycle.PercentDone;
import io.tidemill.api.lifecycle.Tally;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that an estimate depends on.
 *
 * @param steps by their ordinals
 * @param pace absent before the first task began
 * @param liveSlots of the processors that take its tasks
 */
public record JobWork(JobState state, List<StepWork> steps, @Nullable Pace pace, int liveSlots) {
    private static final long HUNDRED = 100;

    public JobWork {
        steps = List.copyOf(steps);
    }

    Tally tally() {
        return steps.stream().map(step -> step.work().tally()).reduce(Tally.ZERO, Tally::plus);
    }

    List<StepWork> openSteps() {
        return steps.stream().filter(StepWork::isOpen).toList();
    }

    /** How many of its tasks may run at once: one a slot. Those that run have one for sure. */
    int parallel() {
        Tally tally = tally();
        return Math.min(tally.open(), Math.max(liveSlots, tally.running()));
    }

    /** As {@link PercentDone.Work#done()}, of all steps. */
    long done() {
        return steps.stream().mapToLong(step -> step.work().done()).sum();
    }

    /** In the unit of {@link #done()}. */
    long whole() {
        return HUNDRED * steps.stream().mapToLong(step -> step.work().whole()).sum();
    }
}
