package io.tidemill.processor.task;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.Meter;
import io.tidemill.contract.FailureCode;
import io.tidemill.contract.FileRef;
import io.tidemill.contract.TaskEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says by OpenTelemetry how long attempts run and how many slots are busy. Attributes name
 * operations and failure codes, never a task. Costs nothing while it is off.
 */
final class TaskMeters {
    private static final AttributeKey<String> OPERATION =
            AttributeKey.stringKey("tidemill.operation");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("tidemill.outcome");
    private static final AttributeKey<String> TASK_QUEUE =
            AttributeKey.stringKey("tidemill.task_queue");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

    /** The same as for waits in jobs-api, so that the two can be laid side by side. */
    private static final List<Double> SECONDS =
            List.of(
                    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0,
                    300.0, 900.0, 3_600.0, 14_400.0, 43_200.0);

    private static final Set<String> CODES =
            Arrays.stream(FailureCode.values())
                    .map(FailureCode::name)
                    .collect(Collectors.toUnmodifiableSet());

    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Map<Key, Attributes> known = new ConcurrentHashMap<>();
    private final Attributes taskQueue;
    private final DoubleHistogram runs;
    private final LongCounter output;
    private final LongUpDownCounter busy;

    private record Key(String operation, String outcome, @Nullable String code) {}

    TaskMeters(Meter meter, String taskQueue, int slots) {
        this.taskQueue = Attributes.of(TASK_QUEUE, taskQueue);
        runs =
                meter.histogramBuilder("tidemill.task.run.duration")
                        .setDescription("Attempts, and how long their work took")
                        .setUnit("s")
                        .setExplicitBucketBoundariesAdvice(SECONDS)
                        .build();
        output =
                meter.counterBuilder("tidemill.task.output.size")
                        .setDescription("Bytes of results that were stored")
                        .setUnit("By")
                        .build();
        busy =
                meter.upDownCounterBuilder("tidemill.worker.slots.busy")
                        .setDescription("Bundles that are worked on")
                        .setUnit("{slot}")
                        .build();
        busy.add(0, this.taskQueue);
        meter.gaugeBuilder("tidemill.worker.slots.limit")
                .ofLongs()
                .setDescription("Bundles worked on at once at most")
                .setUnit("{slot}")
                .buildWithCallback(out -> out.record(slots, this.taskQueue));
    }

    void slotTaken() {
        busy.add(1, taskQueue);
    }

    void slotFreed() {
        busy.add(-1, taskQueue);
    }

    /** An attempt is over; null when it was stopped or given back. */
    void ended(String operation, @Nullable TaskEvent ending, long sinceNanos) {
        runs.record((System.nanoTime() - sinceNanos) / NANOS, attributes(operation, ending));
        if (ending instanceof TaskEvent.Succeeded succeeded && !succeeded.outputs().isEmpty()) {
            output.add(
                    succeeded.outputs().stream().mapToLong(FileRef::size).sum(),
                    attributes(operation, ending));
        }
    }

    private Attributes attributes(String operation, @Nullable TaskEvent ending) {
        Key key =
                switch (ending) {
                    case TaskEvent.Succeeded _ -> new Key(operation, "SUCCEEDED", null);
                    case TaskEvent.Failed failed ->
                            new Key(operation, "FAILED", code(failed.failure().code()));
                    case null, default -> new Key(operation, "STOPPED", null);
                };
        return known.computeIfAbsent(key, TaskMeters::attributes);
    }

    /** OpenTelemetry's word for an error that is not among the known ones. */
    private static String code(String code) {
        return CODES.contains(code) ? code : "_OTHER";
    }

    private static Attributes attributes(Key key) {
        AttributesBuilder attributes =
                Attributes.builder().put(OPERATION, key.operation()).put(OUTCOME, key.outcome());
        return key.code() == null ? attributes.build() : attributes.put(ERROR, key.code()).build();
    }
}
