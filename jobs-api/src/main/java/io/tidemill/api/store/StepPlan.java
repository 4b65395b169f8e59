package io.tidemill.api.store;

import io.tidemill.api.lifecycle.PercentDone;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step of a job that is about to be written.
 *
 * @param work what it has to do
 * @param inputBytes mean size of its tasks' inputs; null: not known yet
 */
record StepPlan(PercentDone.Work work, @Nullable Long inputBytes) {
    static List<PercentDone.Work> works(List<StepPlan> steps) {
        return steps.stream().map(StepPlan::work).toList();
    }
}
