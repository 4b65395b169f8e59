package io.tidemill.bench.throughput;

import io.tidemill.bench.measure.Comparison;
import io.tidemill.bench.measure.ProcessCost;
import io.tidemill.bench.measure.Report;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All rounds of all systems: what a task costs, which process pays, what each keeps in memory. */
final class Scoreboard {
    private static final String NAME = "throughput";
    private static final String RATE = "rate";
    private final Comparison tasks = new Comparison(NAME, "Tasks that do nothing, medians");
    private final Comparison cpu =
            new Comparison(NAME, "Processor time of each process, ms for a task");
    private final Comparison memory =
            new Comparison(NAME, "Memory of each process at the end of a round, MiB");

    private final Map<String, Label.Kind> kinds = new LinkedHashMap<>();

    void add(Label label, Outcome outcome) {
        String system = label.name();
        kinds.put(system, label.kind());
        tasks.add(system, RATE, "tasks/s", outcome.rate());
        tasks.add(system, "CPU", "ms/task", outcome.cpuMillis());
        outcome.counters()
                .ifPresent(
                        counters -> {
                            tasks.add(system, "commits", "/task", counters.commits());
                            tasks.add(system, "fsyncs", "/task", counters.fsyncs());
                            tasks.add(system, "WAL", "B/task", counters.walBytes());
                        });
        outcome.costs().forEach((process, cost) -> add(system, outcome, process, cost));
    }

    private void add(String system, Outcome outcome, String process, ProcessCost cost) {
        cpu.add(system, process, "", outcome.cpuMillis(cost));
        memory.add(system, process, "", cost.residentMiB());
    }

    void print(Report report) {
        report.add(tasks);
        report.add(cpu);
        report.add(memory);
        best().ifPresent(peer -> names(Label.Kind.OURS).forEach(ours -> ratio(report, ours, peer)));
    }

    /** The fastest peer, by the medians. */
    private Optional<String> best() {
        return names(Label.Kind.PEER).max(Comparator.comparingDouble(this::rate));
    }

    private Stream<String> names(Label.Kind kind) {
        return kinds.entrySet().stream()
                .filter(system -> system.getValue() == kind)
                .map(Map.Entry::getKey);
    }

    private double rate(String system) {
        return tasks.median(system, RATE).orElseThrow();
    }

    private void ratio(Report report, String ours, String peer) {
        report.add(
                NAME,
                "%s: rate by that of the best peer, %s".formatted(ours, peer),
                rate(ours) / rate(peer),
                "times");
    }
}
