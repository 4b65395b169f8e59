package io.tidemill.api.lifecycle;

/**
 * How many tasks stand where. Kept for each step and each job; all that a job's state depends on.
 *
 * @param queued waiting for their turn or on their way to a processor
 * @param running worked on, those included that were told to stop
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

    /** This tally with so many more (or, when negative, fewer) tasks in that state. */
    public Tally plus(TaskState state, int count) {
        return plus(only(state, count));
    }

    private static Tally only(TaskState state, int n) {
        return switch (state) {
            case TaskState.Blocked _ -> new Tally(n, 0, 0, 0, 0, 0, 0, 0);
            case TaskState.Queued _, TaskState.Dispatched _, TaskState.Taken _ ->
                    new Tally(0, n, 0, 0, 0, 0, 0, 0);
            case TaskState.Running _, TaskState.Stopping _ -> new Tally(0, 0, n, 0, 0, 0, 0, 0);
            case TaskState.Retrying _ -> new Tally(0, 0, 0, n, 0, 0, 0, 0);
            case TaskState.Succeeded _ -> new Tally(0, 0, 0, 0, n, 0, 0, 0);
            case TaskState.Failed _ -> new Tally(0, 0, 0, 0, 0, n, 0, 0);
            case TaskState.Cancelled _ -> new Tally(0, 0, 0, 0, 0, 0, n, 0);
            case TaskState.Skipped _ -> new Tally(0, 0, 0, 0, 0, 0, 0, n);
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
}
