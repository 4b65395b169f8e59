package io.tidemill.bench.throughput;

import io.tidemill.bench.measure.PostgresCounters;
import io.tidemill.bench.measure.ProcessCost;
import io.tidemill.bench.program.JavaProgram;
import io.tidemill.bench.program.NodePrograms;
import io.tidemill.bench.program.ProgramPath;
import io.tidemill.bench.standing.JdbcAddress;
import io.tidemill.local.LocalServices;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The other systems, on a PostgreSQL and a broker of their own that are set up as ours are. Who
 * cannot run here is left out, and that is said.
 */
final class Peers implements AutoCloseable {
    private static final String PROGRAMS = "io.tidemill.bench.peer.";

    private final Path home;
    private final LocalServices foundation;
    private final List<AutoCloseable> further = new ArrayList<>();
    private final List<Contender> contenders = new ArrayList<>();

    private Peers(Path home, LocalServices foundation) {
        this.home = home;
        this.foundation = foundation;
    }

    static Peers start(Path home, Path folder) throws Exception {
        Peers peers = new Peers(home, LocalServices.start(folder));
        try {
            peers.lay();
            return peers;
        } catch (RuntimeException | IOException e) {
            peers.close();
            throw e;
        }
    }

    List<Contender> contenders() {
        return List.copyOf(contenders);
    }

    private void lay() throws IOException {
        add(
                Label.peer(
                        "db-scheduler",
                        "16.7.1, scheduleBatch, 32 threads, lock-and-fetch 8 to 16 for each, looks every 50 ms"),
                java("DbSchedulerPeer"),
                database("db_scheduler"));
        add(
                Label.peer(
                        "JobRunr",
                        "8.3.1, stream of requests, 32 workers, looks every 5 s (its least) and when idle"),
                java("JobRunrPeer"),
                database("jobrunr"));
        Optional<NodePrograms> node = NodePrograms.install(home, "the peers for Node.js");
        if (node.isPresent()) {
            addNode(node.get());
        }
        addBare();
    }

    private void addNode(NodePrograms node) throws IOException {
        add(
                Label.peer(
                        "graphile-worker",
                        "0.17.3, addJobs of 1 000, 64 at once, local queue of 500, batched completion"),
                node.command("graphile-worker"),
                database("graphile_worker"));
        add(
                Label.peer(
                        "pg-boss", "10.4.2, insert of 1 000, 4 loops of fetch and complete of 250"),
                node.command("pg-boss"),
                database("pg_boss"));
        Optional<Path> program = ProgramPath.find("redis-server");
        if (program.isEmpty()) {
            System.out.println("Left out: BullMQ; there is no redis-server here.");
            return;
        }
        RedisServer redis =
                new RedisServer(
                        program.get(),
                        foundation.starter(),
                        foundation.data().path().resolve("redis"));
        further.add(redis);
        Map<String, String> environment = Map.of("REDIS_PORT", String.valueOf(redis.port()));
        add(
                Label.peer(
                        "BullMQ",
                        "6.7.0, addBulk of 1 000, 200 at once, Redis with appendfsync always"),
                node.command("bullmq"),
                new Backing("redis", environment, redis::cost, Optional::empty));
    }

    private void addBare() {
        Backing rows = database("bare_rows");
        add(
                Label.bare(
                        "bare rows (JDBC)",
                        "32 connections, prepared statements, three commits a job"),
                java("BareRowsPeer"),
                rows);
        Optional<Path> pgbench = ProgramPath.find("pgbench");
        pgbench.ifPresent(
                program ->
                        contenders.add(new PgbenchJobs(program, rows, foundation.data().logs())));
        if (pgbench.isEmpty()) {
            System.out.println("Left out: pgbench; there is none here, the same goes over JDBC.");
        }
        add(
                Label.bare("bare durable message", "one sender, 500 under way, one receiver"),
                java("BareHopPeer"),
                broker());
    }

    private void add(Label label, List<String> command, Backing backing) {
        Path log = foundation.data().logs().resolve(label.name().replace(' ', '-') + ".log");
        contenders.add(new PeerJobs(label, command, backing, log));
    }

    private List<String> java(String program) {
        return JavaProgram.command(home, PROGRAMS + program);
    }

    private Backing database(String name) {
        foundation.createDatabase(name);
        Map<String, String> services = new HashMap<>(foundation.environment());
        services.put("TIDEMILL_DATABASE_NAME", name);
        JdbcAddress address = new JdbcAddress(services);
        return new Backing(
                "postgres",
                address.variables(),
                () -> ProcessCost.of(foundation.postgres().pid()),
                () -> {
                    try (var connection = address.connect()) {
                        return Optional.of(PostgresCounters.read(connection));
                    }
                });
    }

    private Backing broker() {
        return new Backing(
                "broker",
                foundation.environment(),
                () -> ProcessCost.of(foundation.broker().pid()),
                Optional::empty);
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable one : further) {
            one.close();
        }
        foundation.close();
    }
}
