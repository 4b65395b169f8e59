package io.tidemill.bench.throughput;

import io.tidemill.bench.measure.PostgresCounters;
import io.tidemill.bench.measure.ProcessCost;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What one round of one system came to.
 *
 * @param tasks how many were done
 * @param time from the first submission to the end of the last task
 * @param costs processor time of the round and memory at its end, by process; {@link #LOAD} is who
 *     submits, where that is a process of its own
 * @param counters of one task; empty where no PostgreSQL is used
 */
record Outcome(
        int tasks,
        Duration time,
        Map<String, ProcessCost> costs,
        Optional<PostgresCounters> counters) {
    static final String LOAD = "load";

    double rate() {
        return tasks / (time.toNanos() / 1e9);
    }

    /** Milliseconds of processor time for each task, without those of the load. */
    double cpuMillis() {
        return costs.entrySet().stream()
                .filter(cost -> !cost.getKey().equals(LOAD))
                .mapToDouble(cost -> cpuMillis(cost.getValue()))
                .sum();
    }

    double cpuMillis(ProcessCost cost) {
        return 1_000 * cost.cpuSeconds() / tasks;
    }
}
