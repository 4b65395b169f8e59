package io.tidemill.api.pace;

import io.tidemill.api.estimate.Estimate;
import io.tidemill.api.estimate.Estimator;
import io.tidemill.api.estimate.JobWork;
import io.tidemill.api.estimate.StepWork;
import io.tidemill.api.lifecycle.PercentDone;
import io.tidemill.api.store.JobSnapshot;
import io.tidemill.api.store.JobSnapshot.StepSnapshot;
import io.tidemill.api.store.OperationCosts;
import io.tidemill.api.store.OperationLookup;
import io.tidemill.contract.OperationDescriptor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Estimates how long jobs will still take, from memory alone. */
@ApplicationScoped
public class JobEstimates {
    private final OperationLookup operations;
    private final OperationCosts costs;
    private final LiveSlots slots;

    JobEstimates(OperationLookup operations, OperationCosts costs, LiveSlots slots) {
        this.operations = operations;
        this.costs = costs;
        this.slots = slots;
    }

    /** Empty when it does not go on; see {@link Estimator}. */
    public Optional<Estimate> of(JobSnapshot job) {
        return job.tally().open() == 0
                ? Optional.empty()
                : Estimator.of(
                        new JobWork(
                                job.state(),
                                job.steps().stream().map(this::work).toList(),
                                job.pace(),
                                slots(job)));
    }

    private StepWork work(StepSnapshot step) {
        return new StepWork(
                new PercentDone.Work(step.weight(), step.tally(), step.openPercent()),
                step.needs(),
                operations
                        .find(step.operation())
                        .map(OperationDescriptor::expectedMillis)
                        .orElse(step.weight()),
                costs.of(step.operation()),
                step.inputBytes());
    }

    /** Of all queues its open tasks are in. */
    private int slots(JobSnapshot job) {
        List<String> queues =
                job.steps().stream()
                        .filter(step -> step.tally().open() > 0)
                        .flatMap(step -> operations.find(step.operation()).stream())
                        .map(OperationDescriptor::taskQueue)
                        .distinct()
                        .toList();
        return queues.stream().mapToInt(slots::of).sum();
    }
}
