package io.tidemill.api.scenario;

import io.tidemill.contract.Failure;
import io.tidemill.contract.FileRef;
import io.tidemill.contract.TaskEvent;
import io.tidemill.contract.TaskRun;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One execution of one attempt, as a processor knows it, and what can be told of it. */
record Execution(TaskRun run, String id) {
    TaskEvent.Taken taken() {
        return new TaskEvent.Taken(run.taskId(), run.attempt(), id);
    }

    TaskEvent.Started started() {
        return new TaskEvent.Started(run.taskId(), run.attempt(), id);
    }

    TaskEvent.Succeeded succeeded(Map<String, Object> result, FileRef... outputs) {
        return new TaskEvent.Succeeded(
                run.taskId(), run.attempt(), id, result, List.of(outputs), null);
    }

    TaskEvent.Succeeded succeededAfter(long durationMillis) {
        return new TaskEvent.Succeeded(
                run.taskId(), run.attempt(), id, Map.of(), List.of(), durationMillis);
    }

    TaskEvent.Failed failed(Failure failure) {
        return new TaskEvent.Failed(run.taskId(), run.attempt(), id, failure, null);
    }

    TaskEvent.Released released(@Nullable String checkpoint) {
        return new TaskEvent.Released(run.taskId(), run.attempt(), id, checkpoint);
    }

    TaskEvent.Stopped stopped() {
        return new TaskEvent.Stopped(run.taskId(), run.attempt(), id);
    }

    TaskEvent.Pulse pulse(
            @Nullable Integer percent, @Nullable String activity, @Nullable String checkpoint) {
        return new TaskEvent.Pulse(run.taskId(), run.attempt(), id, percent, activity, checkpoint);
    }
}
