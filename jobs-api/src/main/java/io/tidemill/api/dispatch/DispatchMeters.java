package io.tidemill.api.dispatch;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.tidemill.api.dto.Priority;
import io.tidemill.api.policy.WaitingTask;
import io.tidemill.api.telemetry.Meters;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Says by OpenTelemetry what is sent and how long it waited. Costs nothing while it is off. */
@ApplicationScoped
class DispatchMeters {
    private static final double MILLIS = TimeUnit.SECONDS.toMillis(1);
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Priority[] PRIORITIES = Priority.values();

    private final Map<Flow, Attributes> known = new ConcurrentHashMap<>();
    private final DoubleHistogram waits;
    private final DoubleHistogram rounds;
    private final LongHistogram bundles;
    private final LongHistogram batches;

    private record Flow(String taskQueue, String operation, int priority) {}

    DispatchMeters(Meter meter) {
        waits =
                Meters.seconds(
                        meter,
                        "tidemill.task.wait.duration",
                        "From when a task was due until it was sent to the processors");
        rounds =
                Meters.seconds(
                        meter,
                        "tidemill.dispatch.round.duration",
                        "Rounds of the dispatcher that sent something, and how long they took");
        batches =
                Meters.counts(
                        meter, "tidemill.dispatch.round.size", "Tasks sent by one round", "{task}");
        bundles =
                Meters.counts(
                        meter,
                        "tidemill.dispatch.bundle.size",
                        "Tasks that were sent in one message",
                        "{task}");
    }

    void chosen(String taskQueue, List<List<WaitingTask>> chosen, long nowMillis) {
        for (List<WaitingTask> bundle : chosen) {
            for (WaitingTask task : bundle) {
                waits.record(
                        Math.max(0, nowMillis - task.dueMillis()) / MILLIS,
                        known.computeIfAbsent(
                                new Flow(taskQueue, task.operation(), task.priority()),
                                DispatchMeters::attributes));
            }
        }
    }

    void round(int tasks, long sinceNanos) {
        if (tasks > 0) {
            batches.record(tasks);
            rounds.record((System.nanoTime() - sinceNanos) / NANOS);
        }
    }

    void bundle(int tasks) {
        bundles.record(tasks);
    }

    private static Attributes attributes(Flow flow) {
        return Attributes.of(
                Meters.TASK_QUEUE,
                flow.taskQueue(),
                Meters.OPERATION,
                flow.operation(),
                Meters.PRIORITY,
                PRIORITIES[flow.priority()].name());
    }
}
