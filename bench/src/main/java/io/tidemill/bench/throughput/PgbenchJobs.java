package io.tidemill.bench.throughput;

import io.tidemill.bench.measure.PostgresCounters;
import io.tidemill.bench.measure.ProcessCost;
import io.tidemill.bench.peer.BareRows;
import io.tidemill.local.process.LaunchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** PostgreSQL's own load generator writing the rows of jobs of one task, three commits each. */
final class PgbenchJobs implements Contender {
    private static final int CONNECTIONS = 32;
    private static final int LOOKING_MILLIS = 20;

    private final Path program;
    private final Backing backing;
    private final Path folder;

    /**
     * @param folder for its script and its words
     */
    PgbenchJobs(Path program, Backing backing, Path folder) {
        this.program = program;
        this.backing = backing;
        this.folder = folder;
    }

    @Override
    public Label label() {
        return Label.bare(
                "bare rows (pgbench)",
                CONNECTIONS + " connections, prepared statements, three commits a job");
    }

    @Override
    public Outcome round(int tasks) throws Exception {
        Path script = Files.writeString(folder.resolve("bare-rows.sql"), BareRows.script());
        Path words = folder.resolve("pgbench.log");
        int each = Math.max(1, tasks / CONNECTIONS);
        int done = each * CONNECTIONS;
        Optional<PostgresCounters> before = backing.counting().now();
        ProcessCost stored = backing.cost().now();
        long begin = System.nanoTime();
        ProcessCost own = run(script, words, each);
        Duration time = Duration.ofNanos(System.nanoTime() - begin);
        ProcessCost spent = backing.cost().now().since(stored);
        Optional<PostgresCounters> after = backing.counting().now();
        return new Outcome(
                done,
                time,
                Map.of("peer", own, backing.name(), spent),
                after.flatMap(now -> before.map(now::minus)).map(all -> all.times(1.0 / done)));
    }

    /** What it cost as far as could be seen: a program that has ended tells nothing any more. */
    private ProcessCost run(Path script, Path words, int each)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        program.toString(),
                        "--no-vacuum",
                        "--protocol=prepared",
                        "--client=" + CONNECTIONS,
                        "--jobs=2",
                        "--transactions=" + each,
                        "--file=" + script);
        builder.environment().putAll(backing.environment());
        builder.redirectErrorStream(true).redirectOutput(words.toFile());
        Process process = builder.start();
        ProcessCost cost = ProcessCost.of(process.toHandle());
        while (!process.waitFor(LOOKING_MILLIS, TimeUnit.MILLISECONDS)) {
            ProcessCost now = ProcessCost.of(process.toHandle());
            cost = now.cpuSeconds() > cost.cpuSeconds() ? now : cost;
        }
        if (process.exitValue() != 0) {
            throw new LaunchException("pgbench failed; see " + words);
        }
        return cost;
    }
}
