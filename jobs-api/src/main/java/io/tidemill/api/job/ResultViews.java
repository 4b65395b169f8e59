package io.tidemill.api.job;

import io.tidemill.api.dto.FileResult;
import io.tidemill.api.dto.Problem;
import io.tidemill.api.dto.Task;
import io.tidemill.api.dto.TaskProgress;
import io.tidemill.api.dto.TaskState;
import io.tidemill.api.estimate.QueueOutlook;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.lifecycle.JobState;
import io.tidemill.api.lifecycle.Tally;
import io.tidemill.api.problem.FailureProblems;
import io.tidemill.api.store.TaskView;
import io.tidemill.api.web.AttemptViews;
import io.tidemill.api.web.FileViews;
import io.tidemill.api.web.QueueViews;
import io.tidemill.contract.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tasks and per-file results as clients see them. Pure. */
final class ResultViews {
    private ResultViews() {}

    static Task task(UUID job, TaskView task, Map<UUID, QueueOutlook> queues) {
        TaskState state = TaskState.valueOf(task.state());
        return new Task(
                TypeId.TASK.format(task.id()),
                TypeId.JOB.format(job),
                task.fileRef(),
                task.fileName(),
                task.inputName(),
                task.stepId(),
                task.operation(),
                state,
                task.attempt(),
                task.maxAttempts(),
                state == TaskState.RETRYING ? task.dueTime() : null,
                QueueViews.queue(queues.get(task.id())),
                task.worker(),
                state == TaskState.RUNNING ? progress(task) : null,
                task.startTime(),
                task.endTime(),
                task.result(),
                task.outputs().stream().map(FileViews::file).toList(),
                problem(task.error()),
                task.attempts().stream().map(AttemptViews::attempt).toList());
    }

    /** The tasks of several files, file by file, in the order of the submission. */
    static List<FileResult> results(
            UUID job, List<TaskView> tasks, Map<UUID, QueueOutlook> queues) {
        Map<Integer, List<TaskView>> byFile =
                tasks.stream()
                        .collect(
                                Collectors.groupingBy(
                                        TaskView::fileOrdinal, TreeMap::new, Collectors.toList()));
        List<FileResult> results = new ArrayList<>(byFile.size());
        byFile.values().forEach(ofFile -> results.add(result(job, ofFile, queues)));
        return results;
    }

    private static FileResult result(
            UUID job, List<TaskView> tasks, Map<UUID, QueueOutlook> queues) {
        TaskView first = tasks.getFirst();
        return new FileResult(
                first.fileRef(),
                first.fileName(),
                state(tasks),
                tasks.stream().map(task -> task(job, task, queues)).toList());
    }

    private static JobState state(List<TaskView> tasks) {
        Tally tally =
                tasks.stream()
                        .map(task -> Tally.ZERO.plus(task.lifecycleState(), 1))
                        .reduce(Tally.ZERO, Tally::plus);
        return JobState.of(tally, tasks.stream().anyMatch(task -> task.startTime() != null));
    }

    private static @Nullable TaskProgress progress(TaskView task) {
        return task.percent() == null ? null : new TaskProgress(task.percent(), task.activity());
    }

    private static @Nullable Problem problem(@Nullable Failure failure) {
        return failure == null ? null : FailureProblems.problem(failure);
    }
}
