package io.tidemill.api.sample;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import io.tidemill.api.dto.Priority;
import io.tidemill.api.store.OperationLookup;
import io.tidemill.api.store.SampleStore.Leases;
import io.tidemill.api.store.SampleStore.Oldest;
import io.tidemill.api.store.SampleStore.Sample;
import io.tidemill.api.store.SampleStore.Workers;
import io.tidemill.api.telemetry.Meters;
import io.tidemill.contract.OperationDescriptor;
import io.tidemill.contract.Operations;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Shows the latest sample by OpenTelemetry, until it is out of date: then another replica has taken
 * over, or nobody knows. What is not there is shown as 0.
 */
@ApplicationScoped
class SampleGauges {
    /** A sample counts until so many should have followed it. */
    private static final int LATE = 3;

    private static final Priority[] PRIORITIES = Priority.values();

    private final Meter meter;
    private final OperationLookup operations;
    private volatile @Nullable Shown shown;

    private record Shown(Sample sample, long untilNanos) {}

    private record Line(String taskQueue, int priority) {}

    SampleGauges(Meter meter, OperationLookup operations) {
        this.meter = meter;
        this.operations = operations;
    }

    /** Null: another replica takes the samples. */
    void show(@Nullable Sample sample, Duration interval) {
        long until = System.nanoTime() + interval.multipliedBy(LATE).toNanos();
        shown = sample == null ? null : new Shown(sample, until);
    }

    void register() {
        gauge(
                "tidemill.queue.depth",
                "Tasks that wait, or were sent and have not begun",
                "{task}",
                this::depths);
        meter.gaugeBuilder("tidemill.queue.oldest.age")
                .setDescription("For how long the oldest task that waits has been due")
                .setUnit("s")
                .buildWithCallback(out -> withSample(out, this::ages));
        gauge("tidemill.leases", "Tasks that processors hold", "{task}", this::leases);
        gauge(
                "tidemill.workers",
                "Live processors",
                "{worker}",
                (out, sample) -> workers(out, sample, Workers::workers));
        gauge(
                "tidemill.workers.slots",
                "Bundles that live processors work on at once",
                "{slot}",
                (out, sample) -> workers(out, sample, Workers::slots));
        gauge(
                "tidemill.circuit.open",
                "1 while nothing of an operation is sent because what it needs is away",
                "{circuit}",
                this::circuits);
    }

    private void gauge(
            String name,
            String description,
            String unit,
            BiConsumer<ObservableLongMeasurement, Sample> figures) {
        meter.gaugeBuilder(name)
                .ofLongs()
                .setDescription(description)
                .setUnit(unit)
                .buildWithCallback(out -> withSample(out, figures));
    }

    private <T> void withSample(T out, BiConsumer<T, Sample> figures) {
        Shown now = shown;
        if (now != null && System.nanoTime() - now.untilNanos < 0) {
            figures.accept(out, now.sample);
        }
    }

    private List<OperationDescriptor> known() {
        return Operations.NAMES.stream().map(operations::find).flatMap(Optional::stream).toList();
    }

    private List<String> taskQueues() {
        return known().stream().map(OperationDescriptor::taskQueue).distinct().toList();
    }

    private void depths(ObservableLongMeasurement out, Sample sample) {
        Map<Line, Long> depths =
                sample.depths().stream()
                        .filter(depth -> operations.find(depth.operation()).isPresent())
                        .collect(
                                Collectors.groupingBy(
                                        depth ->
                                                new Line(
                                                        operations
                                                                .descriptor(depth.operation())
                                                                .taskQueue(),
                                                        depth.priority()),
                                        Collectors.summingLong(depth -> depth.tasks())));
        eachLine(line -> out.record(depths.getOrDefault(line, 0L), attributes(line)));
    }

    private void ages(ObservableDoubleMeasurement out, Sample sample) {
        Map<Line, Double> ages =
                sample.oldest().stream()
                        .collect(
                                Collectors.toMap(
                                        oldest -> new Line(oldest.taskQueue(), oldest.priority()),
                                        Oldest::seconds));
        eachLine(line -> out.record(ages.getOrDefault(line, 0.0), attributes(line)));
    }

    private void eachLine(Consumer<Line> show) {
        for (String taskQueue : taskQueues()) {
            for (Priority priority : PRIORITIES) {
                show.accept(new Line(taskQueue, priority.ordinal()));
            }
        }
    }

    private static Attributes attributes(Line line) {
        return Attributes.of(
                Meters.TASK_QUEUE,
                line.taskQueue(),
                Meters.PRIORITY,
                PRIORITIES[line.priority()].name());
    }

    private void leases(ObservableLongMeasurement out, Sample sample) {
        Map<String, Long> leases =
                sample.leases().stream()
                        .collect(Collectors.toMap(Leases::taskQueue, Leases::tasks));
        eachQueue(out, leases);
    }

    private void workers(
            ObservableLongMeasurement out, Sample sample, ToLongFunction<Workers> figure) {
        Map<String, Long> workers =
                sample.workers().stream()
                        .collect(Collectors.toMap(Workers::taskQueue, figure::applyAsLong));
        eachQueue(out, workers);
    }

    private void eachQueue(ObservableLongMeasurement out, Map<String, Long> figures) {
        for (String taskQueue : taskQueues()) {
            out.record(
                    figures.getOrDefault(taskQueue, 0L),
                    Attributes.of(Meters.TASK_QUEUE, taskQueue));
        }
    }

    private void circuits(ObservableLongMeasurement out, Sample sample) {
        for (OperationDescriptor operation : known()) {
            out.record(
                    sample.openCircuits().contains(operation.name()) ? 1 : 0,
                    Attributes.of(Meters.OPERATION, operation.name()));
        }
    }
}
