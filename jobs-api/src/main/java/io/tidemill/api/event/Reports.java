package io.tidemill.api.event;

import io.tidemill.api.id.TypeId;
import io.tidemill.api.lifecycle.TaskSignal;
import io.tidemill.api.store.TaskReport;
import io.tidemill.api.store.TaskReport.Details;
import io.tidemill.contract.TaskEvent;
import io.tidemill.contract.TaskEvents;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Translates what processors say into signals. What names no task of ours is left out. Pure. */
final class Reports {
    private static final Pattern EXECUTION =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private Reports() {}

    static Stream<TaskReport> of(TaskEvents message) {
        return message.events().stream().flatMap(event -> of(message.worker(), event));
    }

    private static Stream<TaskReport> of(String worker, TaskEvent event) {
        return switch (event) {
            case TaskEvent.Taken e ->
                    report(
                            worker,
                            e,
                            new TaskSignal.Take(e.attempt(), e.execution()),
                            Details.NONE);
            case TaskEvent.Started e ->
                    report(
                            worker,
                            e,
                            new TaskSignal.Start(e.attempt(), e.execution()),
                            Details.NONE);
            case TaskEvent.Succeeded e ->
                    report(
                            worker,
                            e,
                            new TaskSignal.Succeed(e.attempt(), e.execution()),
                            new Details(
                                    null,
                                    null,
                                    null,
                                    e.result(),
                                    ReportedText.outputs(e.outputs()),
                                    null,
                                    e.durationMillis()));
            case TaskEvent.Failed e ->
                    report(
                            worker,
                            e,
                            new TaskSignal.Fail(
                                    e.attempt(), e.execution(), e.failure().errorClass()),
                            new Details(
                                    null,
                                    null,
                                    null,
                                    e.result(),
                                    List.of(),
                                    ReportedText.failure(e.failure())));
            case TaskEvent.Released e ->
                    report(
                            worker,
                            e,
                            new TaskSignal.Release(e.attempt(), e.execution()),
                            new Details(
                                    null,
                                    null,
                                    ReportedText.checkpoint(e.checkpoint()),
                                    null,
                                    List.of(),
                                    null));
            case TaskEvent.Heartbeat heartbeat ->
                    heartbeat.pulses().stream().flatMap(pulse -> pulse(worker, pulse));
            case TaskEvent.Stopped e ->
                    report(
                            worker,
                            e,
                            new TaskSignal.Stopped(e.attempt(), e.execution()),
                            Details.NONE);
            case TaskEvent.Announced _ -> Stream.empty();
        };
    }

    private static Stream<TaskReport> pulse(String worker, TaskEvent.Pulse pulse) {
        Details details =
                new Details(
                        pulse.percent(),
                        ReportedText.activity(pulse.activity()),
                        ReportedText.checkpoint(pulse.checkpoint()),
                        null,
                        List.of(),
                        null);
        return report(
                worker,
                pulse.taskId(),
                pulse.execution(),
                new TaskSignal.Beat(pulse.attempt(), pulse.execution()),
                details);
    }

    private static Stream<TaskReport> report(
            String worker, TaskEvent.OfExecution event, TaskSignal signal, Details details) {
        return report(worker, event.taskId(), event.execution(), signal, details);
    }

    private static Stream<TaskReport> report(
            String worker, String taskId, String execution, TaskSignal signal, Details details) {
        Optional<UUID> id = TypeId.TASK.parse(taskId);
        return EXECUTION.matcher(execution).matches()
                ? id.stream().map(task -> new TaskReport(task, signal, worker, details))
                : Stream.empty();
    }
}
