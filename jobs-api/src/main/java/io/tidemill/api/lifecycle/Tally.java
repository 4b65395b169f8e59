package io.tidemill.api.lifecycle;

/**
 * How many tasks stand where. Kept for each step and each job; all that a job's state depends on.
 *
 * @param queued waiting for their turn or on their way to a processor
 */
public record Tally(
        int blocked,
        int queued,
        int running,
        int retrying,
        int succeeded,
        int failed,
        int cancelled,
        int skipped) {
    public static final Tally ZERO = new Tally(0, 0, 0, 0, 0, 0, 0, 0);
    private static final int HUNDRED = 100;

    /** Tasks that have not ended. */
    public int open() {
        return blocked + queued + running + retrying;
    }

    /** Tasks that have ended, in whatever way. */
    public int ended() {
        return succeeded + failed + cancelled + skipped;
    }

    public int total() {
        return open() + ended();
    }

    /** This tally with one more (or, with -1, one fewer) task in that state. */
    public Tally plus(TaskState state, int count) {
        return switch (state) {
            case TaskState.Blocked _ ->
                    new Tally(
                            blocked + count,
                            queued,
                            running,
                            retrying,
                            succeeded,
                            failed,
                            cancelled,
                            skipped);
            case TaskState.Queued _, TaskState.Dispatched _, TaskState.Taken _ ->
                    new Tally(
                            blocked,
                            queued + count,
                            running,
                            retrying,
                            succeeded,
                            failed,
                            cancelled,
                            skipped);
            case TaskState.Running _ ->
                    new Tally(
                            blocked,
                            queued,
                            running + count,
                            retrying,
                            succeeded,
                            failed,
                            cancelled,
                            skipped);
            case TaskState.Retrying _ ->
                    new Tally(
                            blocked,
                            queued,
                            running,
                            retrying + count,
                            succeeded,
                            failed,
                            cancelled,
                            skipped);
            case TaskState.Succeeded _ ->
                    new Tally(
                            blocked,
                            queued,
                            running,
                            retrying,
                            succeeded + count,
                            failed,
                            cancelled,
                            skipped);
            case TaskState.Failed _ ->
                    new Tally(
                            blocked,
                            queued,
                            running,
                            retrying,
                            succeeded,
                            failed + count,
                            cancelled,
                            skipped);
            case TaskState.Skipped _ ->
                    new Tally(
                            blocked,
                            queued,
                            running,
                            retrying,
                            succeeded,
                            failed,
                            cancelled,
                            skipped + count);
        };
    }

    public Tally plus(Tally other) {
        return new Tally(
                blocked + other.blocked,
                queued + other.queued,
                running + other.running,
                retrying + other.retrying,
                succeeded + other.succeeded,
                failed + other.failed,
                cancelled + other.cancelled,
                skipped + other.skipped);
    }

    /**
     * Whole percent done; 100 only when every task has ended.
     *
     * @param runningPercent sum of the percents of the running tasks
     */
    public int percent(int runningPercent) {
        if (open() == 0) {
            return HUNDRED;
        }
        long done = (long) HUNDRED * ended() + runningPercent;
        return (int) Math.min(HUNDRED - 1, done / total());
    }
}
