package io.tidemill.bench.throughput;

import io.tidemill.bench.measure.PostgresCounters;
import io.tidemill.bench.measure.ProcessCost;
import io.tidemill.bench.program.PeerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Another system, in a process of its own that is new in each round and warms up first. Its
 * counters are those of the whole process: all are told when its connections have ended.
 */
final class PeerJobs implements Contender {
    /** So many times fewer jobs than are measured. */
    private static final int WARM_UP = 4;

    private final Label label;
    private final List<String> command;
    private final Backing backing;
    private final Path log;

    /**
     * @param log takes its errors
     */
    PeerJobs(Label label, List<String> command, Backing backing, Path log) {
        this.label = label;
        this.command = List.copyOf(command);
        this.backing = backing;
        this.log = log;
    }

    @Override
    public Label label() {
        return label;
    }

    @Override
    public Outcome round(int tasks) throws Exception {
        Optional<PostgresCounters> before = backing.counting().now();
        int warmUp = Math.max(1, tasks / WARM_UP);
        Duration time;
        Map<String, ProcessCost> costs = new HashMap<>();
        try (PeerProcess process =
                new PeerProcess(label.name(), command, backing.environment(), log)) {
            process.run(warmUp);
            ProcessCost own = process.cost();
            ProcessCost stored = backing.cost().now();
            time = process.run(tasks);
            costs.put("peer", process.cost().since(own));
            costs.put(backing.name(), backing.cost().now().since(stored));
        }
        Optional<PostgresCounters> after = backing.counting().now();
        return new Outcome(
                tasks,
                time,
                costs,
                after.flatMap(now -> before.map(now::minus))
                        .map(all -> all.times(1.0 / (tasks + warmUp))));
    }
}
