package io.tidemill.bench.throughput;

import io.tidemill.bench.measure.Comparison;
import io.tidemill.bench.measure.ProcessCost;
import io.tidemill.bench.measure.Report;

/** All rounds of all systems: what a task costs, which process pays, what each keeps in memory. */
final class Scoreboard {
    private static final String NAME = "throughput";
    private final Comparison tasks = new Comparison(NAME, "Tasks that do nothing, medians");
    private final Comparison cpu =
            new Comparison(NAME, "Processor time of each process, ms for a task");
    private final Comparison memory =
            new Comparison(NAME, "Memory of each process at the end of a round, MiB");

    void add(String system, Outcome outcome) {
        tasks.add(system, "rate", "tasks/s", outcome.rate());
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
    }
}
