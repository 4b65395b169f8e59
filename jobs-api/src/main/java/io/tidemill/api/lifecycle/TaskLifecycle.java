package io.tidemill.api.lifecycle;

import io.tidemill.api.lifecycle.TaskState.Blocked;
import io.tidemill.api.lifecycle.TaskState.Dispatched;
import io.tidemill.api.lifecycle.TaskState.Failed;
import io.tidemill.api.lifecycle.TaskState.Queued;
import io.tidemill.api.lifecycle.TaskState.Retrying;
import io.tidemill.api.lifecycle.TaskState.Running;
import io.tidemill.api.lifecycle.TaskState.Skipped;
import io.tidemill.api.lifecycle.TaskState.Succeeded;
import io.tidemill.api.lifecycle.TaskState.Taken;
import io.tidemill.api.lifecycle.Verdict.Ignored;
import io.tidemill.api.lifecycle.Verdict.Kept;
import io.tidemill.api.lifecycle.Verdict.Moved;
import io.tidemill.api.lifecycle.Verdict.Reason;

/**
 * Says what a signal does to a task. Reports may come late, twice, or overtake each other: terminal
 * wins, and only the current execution of the current attempt changes anything.
 */
public final class TaskLifecycle {
    private static final Moved SUCCEEDED = new Moved(new Succeeded());
    private static final Moved FAILED = new Moved(new Failed());
    private static final Moved SKIPPED = new Moved(new Skipped());

    private TaskLifecycle() {}

    /**
     * The state after a signal.
     *
     * @param maxAttempts how often the task may begin, 1 or more
     */
    public static Verdict apply(TaskState state, TaskSignal signal, int maxAttempts) {
        if (state.ended()) {
            return new Ignored(Reason.ENDED);
        }
        return switch (signal) {
            case TaskSignal.Unblock _ ->
                    state instanceof Blocked ? new Moved(new Queued(0)) : notNow();
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
            case TaskSignal.LeaseEnd _ -> leaseEnd(state, maxAttempts);
            case TaskSignal.Report report -> report(state, report, maxAttempts);
        };
    }

    /** Only attempts that had begun are charged; those merely taken are given back. */
    private static Verdict leaseEnd(TaskState state, int maxAttempts) {
        return switch (state) {
            case Taken(int attempt, String _) -> new Moved(new Queued(attempt - 1));
            case Running(int attempt, String _) -> charged(attempt, maxAttempts);
            case Blocked _, Queued _, Dispatched _, Retrying _, Succeeded _, Failed _, Skipped _ ->
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
            case Blocked _, Queued _, Retrying _, Succeeded _, Failed _, Skipped _ -> superseded();
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
            case TaskSignal.Release(int attempt, String _) -> new Moved(new Queued(attempt - 1));
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
