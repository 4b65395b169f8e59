package io.tidemill.api.lifecycle;

import io.tidemill.api.lifecycle.TaskState.Blocked;
import io.tidemill.api.lifecycle.TaskState.Cancelled;
import io.tidemill.api.lifecycle.TaskState.Dispatched;
import io.tidemill.api.lifecycle.TaskState.Failed;
import io.tidemill.api.lifecycle.TaskState.Queued;
import io.tidemill.api.lifecycle.TaskState.Retrying;
import io.tidemill.api.lifecycle.TaskState.Running;
import io.tidemill.api.lifecycle.TaskState.Skipped;
import io.tidemill.api.lifecycle.TaskState.Stopping;
import io.tidemill.api.lifecycle.TaskState.Succeeded;
import io.tidemill.api.lifecycle.TaskState.Taken;
import io.tidemill.api.lifecycle.Verdict.Ignored;
import io.tidemill.api.lifecycle.Verdict.Kept;
import io.tidemill.api.lifecycle.Verdict.Moved;
import io.tidemill.api.lifecycle.Verdict.Reason;

/**
 * Says what a signal does to a task. Reports may come late, twice, or overtake each other: terminal
 * wins, and only the current execution of the current attempt changes anything. What has ended
 * moves only when somebody asks for it to be retried.
 */
public final class TaskLifecycle {
    private static final Moved SUCCEEDED = new Moved(new Succeeded());
    private static final Moved FAILED = new Moved(new Failed());
    private static final Moved CANCELLED = new Moved(new Cancelled());
    private static final Moved SKIPPED = new Moved(new Skipped());

    private TaskLifecycle() {}

    /**
     * The state after a signal.
     *
     * @param maxAttempts the number of the last attempt the task may begin, 1 or more
     */
    public static Verdict apply(TaskState state, TaskSignal signal, int maxAttempts) {
        if (signal instanceof TaskSignal.Retry(int attempts)) {
            return retry(state, attempts);
        }
        if (state.ended()) {
            return new Ignored(Reason.ENDED);
        }
        return switch (signal) {
            case TaskSignal.Unblock _ ->
                    state instanceof Blocked(int attempts)
                            ? new Moved(new Queued(attempts))
                            : notNow();
            case TaskSignal.Skip _ -> state instanceof Blocked ? SKIPPED : notNow();
            case TaskSignal.Refuse _ -> state instanceof Blocked ? FAILED : notNow();
            case TaskSignal.Dispatch _ ->
                    state instanceof Queued(int attempts)
                            ? new Moved(new Dispatched(attempts + 1))
                            : notNow();
            case TaskSignal.RetryDue _ ->
                    state instanceof Retrying(int attempts)
                            ? new Moved(new Queued(attempts))
                            : notNow();
            case TaskSignal.Cancel _ -> cancel(state);
            case TaskSignal.Withdraw _ -> withdraw(state);
            case TaskSignal.LeaseEnd _ -> leaseEnd(state, maxAttempts);
            case TaskSignal.Retry _ -> notNow();
            case TaskSignal.Report report -> report(state, report, maxAttempts);
        };
    }

    /** The one way back from an end. */
    private static Verdict retry(TaskState state, int attempts) {
        return switch (state) {
            case Failed _, Cancelled _, Skipped _ -> new Moved(new Blocked(attempts));
            case Succeeded _ -> new Ignored(Reason.ENDED);
            case Blocked _, Queued _, Dispatched _, Taken _, Running _, Stopping _, Retrying _ ->
                    notNow();
        };
    }

    /** What a processor holds ends only when the processor says that nothing of it runs. */
    private static Verdict cancel(TaskState state) {
        return switch (state) {
            case Taken(int attempt, String execution) ->
                    new Moved(new Stopping(attempt, execution));
            case Running(int attempt, String execution) ->
                    new Moved(new Stopping(attempt, execution));
            case Stopping _ -> new Ignored(Reason.DUPLICATE);
            case Blocked _, Queued _, Dispatched _, Retrying _ -> CANCELLED;
            case Succeeded _, Failed _, Cancelled _, Skipped _ -> new Ignored(Reason.ENDED);
        };
    }

    /** What has begun goes on; what only waits at the broker or a processor comes back. */
    private static Verdict withdraw(TaskState state) {
        return switch (state) {
            case Dispatched(int attempt) -> new Moved(new Queued(attempt - 1));
            case Taken(int attempt, String _) -> new Moved(new Queued(attempt - 1));
            case Blocked _,
                    Queued _,
                    Running _,
                    Stopping _,
                    Retrying _,
                    Succeeded _,
                    Failed _,
                    Cancelled _,
                    Skipped _ ->
                    notNow();
        };
    }

    /** Only attempts that had begun are charged; those merely taken are given back. */
    private static Verdict leaseEnd(TaskState state, int maxAttempts) {
        return switch (state) {
            case Taken(int attempt, String _) -> new Moved(new Queued(attempt - 1));
            case Running(int attempt, String _) -> charged(attempt, maxAttempts);
            case Stopping _ -> CANCELLED;
            case Blocked _,
                    Queued _,
                    Dispatched _,
                    Retrying _,
                    Succeeded _,
                    Failed _,
                    Cancelled _,
                    Skipped _ ->
                    notNow();
        };
    }

    private static Verdict report(TaskState state, TaskSignal.Report report, int maxAttempts) {
        return switch (state) {
            case Dispatched(int attempt) ->
                    attempt == report.attempt()
                            ? current(report, maxAttempts, state)
                            : superseded();
            case Taken(int attempt, String execution) ->
                    isBy(report, attempt, execution)
                            ? current(report, maxAttempts, state)
                            : superseded();
            case Running(int attempt, String execution) ->
                    isBy(report, attempt, execution)
                            ? current(report, maxAttempts, state)
                            : superseded();
            case Stopping(int attempt, String execution) ->
                    isBy(report, attempt, execution) ? stopping(report) : superseded();
            case Blocked _, Queued _, Retrying _, Succeeded _, Failed _, Cancelled _, Skipped _ ->
                    superseded();
        };
    }

    private static Verdict current(TaskSignal.Report report, int maxAttempts, TaskState state) {
        return switch (report) {
            case TaskSignal.Take(int attempt, String execution) ->
                    state instanceof Dispatched
                            ? new Moved(new Taken(attempt, execution))
                            : new Ignored(Reason.DUPLICATE);
            case TaskSignal.Start(int attempt, String execution) ->
                    state instanceof Running
                            ? new Ignored(Reason.DUPLICATE)
                            : new Moved(new Running(attempt, execution));
            case TaskSignal.Beat(int attempt, String execution) ->
                    state instanceof Dispatched
                            ? new Moved(new Taken(attempt, execution))
                            : new Kept();
            case TaskSignal.Succeed _ -> SUCCEEDED;
            case TaskSignal.Fail fail -> failed(fail, maxAttempts);
            case TaskSignal.Stopped(int attempt, String _) -> new Moved(new Queued(attempt - 1));
            case TaskSignal.Release(int attempt, String _) -> new Moved(new Queued(attempt - 1));
        };
    }

    /** A result that was finished before the order to stop arrived counts. */
    private static Verdict stopping(TaskSignal.Report report) {
        return switch (report) {
            case TaskSignal.Take _, TaskSignal.Start _ -> superseded();
            case TaskSignal.Beat _ -> new Kept();
            case TaskSignal.Succeed _ -> SUCCEEDED;
            case TaskSignal.Fail _, TaskSignal.Stopped _, TaskSignal.Release _ -> CANCELLED;
        };
    }

    private static Verdict failed(TaskSignal.Fail fail, int maxAttempts) {
        return switch (fail.errorClass()) {
            case PERMANENT -> FAILED;
            case TRANSIENT, CRASH -> charged(fail.attempt(), maxAttempts);
            case SYSTEM -> new Moved(new Queued(fail.attempt() - 1));
        };
    }

    private static Verdict charged(int attempt, int maxAttempts) {
        return attempt < maxAttempts ? new Moved(new Retrying(attempt)) : FAILED;
    }

    private static boolean isBy(TaskSignal.Report report, int attempt, String execution) {
        return report.attempt() == attempt && report.execution().equals(execution);
    }

    private static Verdict superseded() {
        return new Ignored(Reason.SUPERSEDED);
    }

    private static Verdict notNow() {
        return new Ignored(Reason.NOT_NOW);
    }
}
