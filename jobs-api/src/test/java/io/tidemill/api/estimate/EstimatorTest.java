package io.tidemill.api.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.api.lifecycle.JobState;
import io.tidemill.api.lifecycle.PercentDone;
import io.tidemill.api.lifecycle.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How long jobs will still take. */
class EstimatorTest {
    private static final int TRIES = 20_000;
    private static final List<Integer> FIRST = List.of();
    private final SplittableRandom random = new SplittableRandom(4711);

    private static Tally tally(int queued, int running, int succeeded) {
        return new Tally(0, queued, running, 0, succeeded, 0, 0, 0);
    }

    private static Cost cost(long measured, double mean, double deviation) {
        return new Cost(measured, mean, mean * mean + deviation * deviation, Sizes.NONE);
    }

    private static StepWork step(int millis, Tally tally, @Nullable Cost cost) {
        return new StepWork(new PercentDone.Work(millis, tally, 0), FIRST, millis, cost, null);
    }

    private static JobWork job(int slots, @Nullable Pace pace, StepWork... steps) {
        return new JobWork(JobState.RUNNING, List.of(steps), pace, slots);
    }

    private static Estimate of(JobWork job) {
        return Estimator.of(job).orElseThrow();
    }

    private JobWork anyJob() {
        List<StepWork> steps = new ArrayList<>();
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            steps.add(anyStep(steps.size()));
        }
        Pace pace =
                random.nextBoolean()
                        ? new Pace(random.nextLong(100_000), random.nextLong(1_000), 0)
                        : null;
        return new JobWork(JobState.RUNNING, steps, pace, random.nextInt(20));
    }

    private StepWork anyStep(int ordinal) {
        Tally tally =
                new Tally(few(), few(), few(), few(), few(), few(), few(), few())
                        .plus(tally(1, 0, 0));
        Cost cost =
                random.nextBoolean()
                        ? cost(random.nextInt(1, 500), random.nextInt(5_000), random.nextInt(3_000))
                        : null;
        int openPercent = random.nextInt(99 * tally.open() + 1);
        int weight = random.nextInt(1, 10_000);
        List<Integer> needs =
                ordinal > 0 && random.nextBoolean() ? List.of(random.nextInt(ordinal)) : FIRST;
        return new StepWork(
                new PercentDone.Work(weight, tally, openPercent), needs, weight, cost, null);
    }

    private int few() {
        return random.nextInt(4);
    }

    @Test
    void theEstimateIsAlwaysWithinItsBounds() {
        for (int i = 0; i < TRIES; i++) {
            JobWork job = anyJob();
            Estimator.of(job)
                    .ifPresent(
                            eta ->
                                    assertTrue(
                                            0 <= eta.low()
                                                    && eta.low() <= eta.seconds()
                                                    && eta.seconds() <= eta.high(),
                                            () -> job + " " + eta));
        }
    }

    @Test
    void moreSlotsNeverMeanLater() {
        for (int i = 0; i < TRIES; i++) {
            JobWork job = anyJob();
            JobWork more =
                    new JobWork(job.state(), job.steps(), job.pace(), job.liveSlots() + few());
            Estimator.of(job)
                    .ifPresent(
                            eta ->
                                    assertTrue(
                                            of(more).seconds() <= eta.seconds(),
                                            () -> job + " " + eta));
        }
    }

    @Test
    void moreTasksNeverMeanSooner() {
        for (int i = 0; i < TRIES; i++) {
            JobWork job = anyJob();
            List<StepWork> steps = new ArrayList<>(job.steps());
            int one = random.nextInt(steps.size());
            steps.set(one, withOneMore(steps.get(one)));
            JobWork more = new JobWork(job.state(), steps, job.pace(), job.liveSlots());
            Estimator.of(job)
                    .ifPresent(
                            eta ->
                                    assertTrue(
                                            of(more).seconds() >= eta.seconds(),
                                            () -> job + " " + eta + " " + more + of(more)));
        }
    }

    private static StepWork withOneMore(StepWork step) {
        PercentDone.Work work = step.work();
        return new StepWork(
                new PercentDone.Work(
                        work.weight(), work.tally().plus(tally(1, 0, 0)), work.openPercent()),
                step.needs(),
                step.declaredMillis(),
                step.cost(),
                step.inputBytes());
    }

    @Test
    void progressOfRunningTasksCounts() {
        for (int i = 0; i < TRIES; i++) {
            JobWork job = anyJob();
            int one = random.nextInt(job.steps().size());
            List<StepWork> steps = new ArrayList<>(job.steps());
            PercentDone.Work work = steps.get(one).work();
            int room = 99 * work.tally().open() - work.openPercent();
            steps.set(
                    one,
                    new StepWork(
                            new PercentDone.Work(
                                    work.weight(),
                                    work.tally(),
                                    work.openPercent() + random.nextInt(room + 1)),
                            steps.get(one).needs(),
                            steps.get(one).declaredMillis(),
                            steps.get(one).cost(),
                            steps.get(one).inputBytes()));
            JobWork further = new JobWork(job.state(), steps, job.pace(), job.liveSlots());
            Optional<Estimate> eta = Estimator.of(job);
            if (eta.isPresent() && eta.get().basis() == of(further).basis()) {
                assertTrue(of(further).seconds() <= eta.get().seconds(), () -> job + " " + eta);
            }
        }
    }

    @Test
    void aJobThatDoesNotGoOnHasNone() {
        StepWork open = step(1_000, tally(2, 0, 1), null);
        for (JobState state : JobState.values()) {
            boolean goesOn = state == JobState.QUEUED || state == JobState.RUNNING;
            JobWork job = new JobWork(state, List.of(open), null, 1);
            assertEquals(goesOn, Estimator.of(job).isPresent(), state.name());
        }
        assertEquals(Optional.empty(), Estimator.of(job(0, null, open)));
        assertTrue(Estimator.of(job(0, null, step(1_000, tally(2, 1, 0), null))).isPresent());
    }

    @Test
    void measuredWorkIsSharedByTheSlotsThereAre() {
        StepWork hundred = step(10, tally(100, 0, 0), cost(50, 2_000, 100));
        assertEquals(new Estimate(50, 48, 52, EtaBasis.MEASURED), of(job(4, null, hundred)));
        StepWork three = step(10, tally(3, 0, 0), cost(50, 2_000, 100));
        assertEquals(2, of(job(8, null, three)).seconds());
    }

    @Test
    void stepsThatWaitForEachOtherTakeTheirTimesTogether() {
        StepWork first = step(1_000, tally(0, 1, 0), null);
        StepWork second =
                new StepWork(
                        new PercentDone.Work(1, new Tally(1, 0, 0, 0, 0, 0, 0, 0), 0),
                        List.of(0),
                        4_000,
                        null,
                        null);
        assertEquals(5, of(job(8, null, first, second)).seconds());
    }

    @Test
    void oneStepNotMeasuredOftenEnoughMakesTheEstimateADeclaredOne() {
        StepWork known = step(1_000, tally(5, 0, 0), cost(5, 900, 0));
        StepWork guessed = step(1_000, tally(5, 0, 0), cost(4, 900, 0));
        assertEquals(EtaBasis.MEASURED, of(job(1, null, known)).basis());
        assertEquals(EtaBasis.DECLARED, of(job(1, null, known, guessed)).basis());
        StepWork done = step(1_000, tally(0, 0, 5), null);
        assertEquals(EtaBasis.MEASURED, of(job(1, null, known, done)).basis());
    }

    @Test
    void aJobThatHasDoneEnoughIsJudgedByItsOwnPace() {
        StepWork tenOfForty = step(1_000, tally(26, 4, 10), cost(100, 1, 0));
        assertEquals(EtaBasis.OWN_PACE, of(job(9, new Pace(20_000, 0, 0), tenOfForty)).basis());
        assertEquals(60, of(job(9, new Pace(20_000, 0, 0), tenOfForty)).seconds());
        assertEquals(EtaBasis.MEASURED, of(job(9, new Pace(1_999, 0, 0), tenOfForty)).basis());
        assertEquals(EtaBasis.MEASURED, of(job(9, new Pace(20_000, 0, 8), tenOfForty)).basis());
    }

    @Test
    void whatWasDoneBeforeIsNoPartOfThePace() {
        StepWork step = step(1_000, tally(30, 0, 70), null);
        Pace pace = new Pace(10_000, 100L * 1_000 * 60, 60);
        assertEquals(30, of(job(2, pace, step)).seconds());
    }

    @Test
    void boundsWidenWithTheSpreadOfMeasurements() {
        Estimate close = of(job(1, null, step(1, tally(20, 0, 0), cost(200, 1_000, 100))));
        Estimate wide = of(job(1, null, step(1, tally(20, 0, 0), cost(200, 1_000, 900))));
        assertEquals(close.seconds(), wide.seconds());
        assertTrue(wide.low() < close.low() && close.high() < wide.high(), close + " " + wide);
    }

    @Test
    void boundsWidenWithFewSamples() {
        Estimate many = of(job(1, null, step(1, tally(90, 0, 0), cost(200, 1_000, 500))));
        Estimate few = of(job(1, null, step(1, tally(90, 0, 0), cost(5, 1_000, 500))));
        Estimate none = of(job(1, null, step(1_000, tally(90, 0, 0), null)));
        assertTrue(few.low() < many.low() && many.high() < few.high(), many + " " + few);
        assertTrue(none.low() < few.low() && few.high() < none.high(), few + " " + none);
    }

    @Test
    void nothingIsToldToLastForEver() {
        StepWork endless = step(3_600_000, tally(1_000_000, 0, 0), null);
        assertEquals(Estimate.MOST_SECONDS, of(job(1, null, endless)).high());
        assertThrows(
                IllegalArgumentException.class, () -> new Estimate(1, 2, 3, EtaBasis.DECLARED));
    }

    @Test
    void aMeasurementFadesAsOthersCome() {
        assertEquals(1, cost(1, 1, 0).samples(), 1e-9);
        assertEquals(1.995, cost(2, 1, 0).samples(), 1e-9);
        assertEquals(200, cost(1_000_000, 1, 0).samples(), 1e-9);
    }

    @Test
    void weightsStayWithinTheirRange() {
        assertEquals(1, Cost.weight(0));
        assertEquals(151, Cost.weight(150.7));
        assertEquals(Cost.MOST_WEIGHT, Cost.weight(1e12));
    }
}
