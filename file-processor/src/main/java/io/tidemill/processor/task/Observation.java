package io.tidemill.processor.task;

import io.opentelemetry.api.OpenTelemetry;
import io.tidemill.contract.TaskRun;

/**
 * What is measured and traced of the work of a processor. Costs next to nothing while it is off.
 */
final class Observation {
    private static final String SCOPE = "io.tidemill.processor";

    private final TaskSpans spans;
    private final TaskMeters meters;

    Observation(OpenTelemetry telemetry, String taskQueue, int slots) {
        this.spans = new TaskSpans(telemetry.getTracer(SCOPE));
        this.meters = new TaskMeters(telemetry.getMeter(SCOPE), taskQueue, slots);
    }

    ObservedTask begin(TaskRun run) {
        return new ObservedTask(run, spans, meters);
    }

    /** The same work, which takes a slot meanwhile. */
    void inSlot(Runnable work) {
        meters.slotTaken();
        try {
            work.run();
        } finally {
            meters.slotFreed();
        }
    }
}
