package io.tidemill.bench.throughput;

import io.tidemill.bench.measure.PostgresCounters;
import io.tidemill.bench.measure.ProcessCost;
import io.tidemill.bench.measure.Report;
import io.tidemill.bench.standing.StandingSystem;
import io.tidemill.local.process.Wait;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** What our system does while there is nothing to do, which it does beside every peer as well. */
final class Idleness {
    private static final String NAME = "idle";

    /** As long as PostgreSQL's server processes need to tell what they have done. */
    private static final Duration TIME = Duration.ofSeconds(PostgresCounters.SETTLING_SECONDS);

    private final StandingSystem system;
    private final Report report;

    Idleness(StandingSystem system, Report report) {
        this.system = system;
        this.report = report;
    }

    void run() throws SQLException {
        try (Connection database = system.database()) {
            PostgresCounters before = PostgresCounters.read(database);
            double spent = cpu();
            Wait.until(TIME, () -> false);
            double second = 1.0 / TIME.toSeconds();
            report.add(NAME, "processor time a second", (cpu() - spent) * second, "s");
            PostgresCounters counters = PostgresCounters.read(database).minus(before).times(second);
            report.add(NAME, "commits a second", counters.commits(), "commits");
            report.add(NAME, "WAL a second", counters.walBytes(), "B");
        }
    }

    private double cpu() {
        return system.costs().values().stream().mapToDouble(ProcessCost::cpuSeconds).sum();
    }
}
