package io.tidemill.api.store;

import io.tidemill.api.id.IdSource;
import io.tidemill.api.lifecycle.TaskSignal;
import io.tidemill.api.lifecycle.TaskState;
import io.tidemill.api.lifecycle.Verdict;
import io.tidemill.contract.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that happened to a task, for those who count. */
public sealed interface TaskNews {

    /**
     * An attempt is over.
     *
     * @param outcome as in the history of attempts: {@code SUCCEEDED}, {@code FAILED}, {@code LOST}
     *     …
     * @param code of its failure, if it has one
     */
    record AttemptOver(String operation, String outcome, @Nullable String code)
            implements TaskNews {}

    /**
     * A task has ended.
     *
     * @param state in which
     * @param submitted when its job was; null when the task was retried on request since
     */
    record Ended(String operation, String state, @Nullable String code, @Nullable Instant submitted)
            implements TaskNews {}

    /** Somebody reported what no longer counts. */
    record Ignored(Verdict.Reason reason) implements TaskNews {}

    /** A processor fell silent, and what it held was taken from it. */
    record Rescued(String operation) implements TaskNews {}

    /**
     * What there is to tell when that signal moves a task, which still stands where it stood.
     *
     * @param change of the history of attempts
     */
    static List<TaskNews> of(
            TaskMemory task,
            TaskState next,
            TaskSignal signal,
            @Nullable AttemptChange change,
            @Nullable Failure failure) {
        String operation = task.place.operation();
        String code = failure == null ? null : failure.code();
        List<TaskNews> news = new ArrayList<>(2);
        if (change != null && change.ended()) {
            news.add(new AttemptOver(operation, change.outcome(), code));
        }
        if (signal instanceof TaskSignal.LeaseEnd) {
            news.add(new Rescued(operation));
        }
        if (next.ended()) {
            news.add(new Ended(operation, Sql.name(next), code, submitted(task)));
        }
        return news;
    }

    private static @Nullable Instant submitted(TaskMemory task) {
        boolean retried = task.tries.max() > task.tries.allowed();
        return retried ? null : IdSource.made(task.jobId());
    }
}
