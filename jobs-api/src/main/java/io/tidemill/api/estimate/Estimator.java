package io.tidemill.api.estimate;

import io.tidemill.api.lifecycle.JobState;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Says how long a job will still take.
 *
 * <p>By its own pace, once it has one: the weighted work left, divided by the weighted work done
 * each second so far. Before that by what its operations take: the work left, shared by the slots
 * its tasks can have, but no less than the longest chain of steps of one file.
 *
 * <p>The bounds are the estimate, divided and multiplied by 1 + doubt. Doubt is two standard
 * deviations, in parts of the estimate: of the mean each step's work is reckoned by (the more
 * measurements, or tasks done, the surer) and of the tasks left (many even each other out). What
 * was never measured spreads by its own size and counts as seen once.
 */
public final class Estimator {
    private static final int ENOUGH_TASKS = 3;
    private static final long ENOUGH_MILLIS = 2_000;
    private static final double DEVIATIONS = 2;

    private Estimator() {}

    /** Empty while the job does not go on: ended, waiting for somebody, or nobody can run it. */
    public static Optional<Estimate> of(JobWork job) {
        boolean goesOn = job.state() == JobState.QUEUED || job.state() == JobState.RUNNING;
        return goesOn && job.parallel() > 0
                ? ownPace(job).or(() -> Optional.of(byCost(job)))
                : Optional.empty();
    }

    private static Optional<Estimate> ownPace(JobWork job) {
        Pace pace = job.pace();
        if (pace == null || pace.millis() < ENOUGH_MILLIS) {
            return Optional.empty();
        }
        int ended = job.tally().ended() - pace.endedBefore();
        double done = job.done() - pace.doneBefore();
        if (ended < ENOUGH_TASKS || done <= 0) {
            return Optional.empty();
        }
        double millis = (job.whole() - job.done()) / done * pace.millis();
        double doubt =
                doubt(job.openSteps(), step -> step.tasksLeft() * step.work().weight(), _ -> ended);
        return Optional.of(Estimate.of(millis, doubt, EtaBasis.OWN_PACE));
    }

    private static Estimate byCost(JobWork job) {
        List<StepWork> open = job.openSteps();
        double left = open.stream().mapToDouble(StepWork::millisLeft).sum();
        double millis = Math.max(left / job.parallel(), longestChain(job.steps()));
        return Estimate.of(
                millis,
                doubt(open, StepWork::millisLeft, StepWork::samples),
                open.stream().allMatch(StepWork::isMeasured)
                        ? EtaBasis.MEASURED
                        : EtaBasis.DECLARED);
    }

    /** Steps of a file that wait for each other cannot share their time, however many slots. */
    private static double longestChain(List<StepWork> steps) {
        double[] until = new double[steps.size()];
        double longest = 0;
        for (int i = 0; i < until.length; i++) {
            StepWork step = steps.get(i);
            if (step.isOpen()) {
                double before =
                        step.needs().stream().mapToDouble(need -> until[need]).max().orElse(0);
                until[i] = before + step.millisLeft() / step.open();
                longest = Math.max(longest, until[i]);
            }
        }
        return longest;
    }

    private static double doubt(
            List<StepWork> steps,
            ToDoubleFunction<StepWork> left,
            ToDoubleFunction<StepWork> samples) {
        double all = steps.stream().mapToDouble(left).sum();
        double variance =
                steps.stream()
                        .mapToDouble(
                                step ->
                                        square(left.applyAsDouble(step) * step.spread())
                                                * (1 / samples.applyAsDouble(step)
                                                        + 1.0 / step.open()))
                        .sum();
        return DEVIATIONS * Math.sqrt(variance) / all;
    }

    private static double square(double x) {
        return x * x;
    }
}
