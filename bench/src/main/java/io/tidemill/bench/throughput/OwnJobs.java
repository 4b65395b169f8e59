package io.tidemill.bench.throughput;

import io.tidemill.bench.measure.PostgresCounters;
import io.tidemill.bench.measure.ProcessCost;
import io.tidemill.bench.standing.ApiClient;
import io.tidemill.bench.standing.StandingSystem;
import io.tidemill.local.process.Wait;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Our own system doing jobs of so many files each. */
final class OwnJobs implements Contender {
    private static final Duration SETTLING = Duration.ofSeconds(PostgresCounters.SETTLING_SECONDS);

    private final StandingSystem system;
    private final ApiClient client;
    private final List<String> files;
    private final int underWay;

    /**
     * @param files of each job
     * @param underWay submissions that wait for their answer at once
     */
    OwnJobs(StandingSystem system, ApiClient client, List<String> files, int underWay) {
        this.system = system;
        this.client = client;
        this.files = files;
        this.underWay = underWay;
    }

    @Override
    public Label label() {
        int each = files.size();
        return Label.ours(
                "tidemill, jobs of " + (each == 1 ? "one file" : each + " files"),
                "one API, one processor, %d submissions under way".formatted(underWay));
    }

    @Override
    public Outcome round(int tasks) throws SQLException {
        int jobs = Math.max(1, tasks / files.size());
        try (Connection database = system.database()) {
            PostgresCounters before = settled(database);
            Map<String, ProcessCost> costs = costs();
            JobLoad.Times times = new JobLoad(client, database, files, underWay).run(jobs);
            Map<String, ProcessCost> spent = since(costs, costs());
            PostgresCounters counters = settled(database).minus(before);
            int done = jobs * files.size();
            return new Outcome(done, times.ended(), spent, Optional.of(counters.times(1.0 / done)));
        }
    }

    /** Nothing may be under way. What the system does meanwhile by itself is counted with it. */
    private static PostgresCounters settled(Connection database) throws SQLException {
        Wait.until(SETTLING, () -> false);
        return PostgresCounters.read(database);
    }

    private Map<String, ProcessCost> costs() {
        Map<String, ProcessCost> costs = new LinkedHashMap<>(system.costs());
        costs.put(Outcome.LOAD, ProcessCost.own());
        return costs;
    }

    private static Map<String, ProcessCost> since(
            Map<String, ProcessCost> before, Map<String, ProcessCost> now) {
        Map<String, ProcessCost> spent = new LinkedHashMap<>();
        now.forEach((name, cost) -> spent.put(name, cost.since(before.getOrDefault(name, cost))));
        return spent;
    }
}
