package io.tidemill.api.lifecycle;

import java.util.List;

/**
 * How far steps and jobs are. The same function as {@code percent_done} in the database.
 *
 * <p>A task that has ended counts in full, however it ended, an open one by what it has told of
 * itself. 100 only when every task succeeded.
 */
public final class PercentDone {
    private static final int HUNDRED = 100;

    private PercentDone() {}

    /**
     * What a step has done.
     *
     * @param weight expected milliseconds of one of its tasks; positive
     * @param openPercent sum of the percents of its open tasks
     */
    public record Work(int weight, Tally tally, int openPercent) {
        /** What is done of it: a hundred times its weight for each task that has ended. */
        public long done() {
            return weight * percents();
        }

        /** What there is to do: its weight for each task. */
        public long whole() {
            return (long) weight * tally.total();
        }

        private long percents() {
            return (long) HUNDRED * tally.ended() + openPercent;
        }
    }

    /** Whole percent of one step. */
    public static int ofStep(Work step) {
        return of(step.tally(), step.percents(), step.tally().total());
    }

    /** Whole percent of a job with these steps, each by its weight. */
    public static int ofJob(List<Work> steps) {
        Tally all = steps.stream().map(Work::tally).reduce(Tally.ZERO, Tally::plus);
        long done = steps.stream().mapToLong(Work::done).sum();
        long whole = steps.stream().mapToLong(Work::whole).sum();
        return of(all, done, whole);
    }

    private static int of(Tally tally, long done, long whole) {
        return tally.succeeded() == tally.total()
                ? HUNDRED
                : (int) Math.min(HUNDRED - 1, done / whole);
    }
}
