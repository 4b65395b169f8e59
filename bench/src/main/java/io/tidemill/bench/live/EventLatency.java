package io.tidemill.bench.live;

import io.tidemill.bench.measure.Percentiles;
import io.tidemill.bench.measure.PublicIds;
import io.tidemill.bench.measure.Report;
import io.tidemill.faults.load.Promise;
import io.tidemill.faults.load.SentFile;
import io.tidemill.faults.load.Shape;
import io.tidemill.local.process.Wait;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * From the commit of a change, as PostgreSQL dates it, to its arrival at a client. Each job is
 * followed at both replicas; only one of them has applied the change. Beside it, how long a bare
 * commit takes.
 */
final class EventLatency {
    private static final String NAME = "latency";
    private static final int JOBS = 60;
    private static final int FILES = 10;
    private static final int COMMITS = 500;
    private static final int PAUSE_MILLIS = 200;

    private static final String COMMITTED =
            """
            select job_id::text, sequence, pg_xact_commit_timestamp(transaction::text::xid) as time
            from job_event where owner = '%s'"""
                    .formatted(LiveSystem.OWNER);

    private record Arrival(Promise job, int replica, String id, Instant time) {}

    private final LiveSystem system;
    private final Report report;
    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();

    EventLatency(LiveSystem system, Report report) {
        this.system = system;
        this.report = report;
    }

    void run() throws IOException, SQLException {
        List<SentFile> files = Stream.generate(system::upload).limit(FILES).toList();
        List<EventStream> streams = new ArrayList<>();
        List<Promise> jobs = new ArrayList<>();
        try {
            for (int i = 0; i < JOBS; i++) {
                Promise job = system.submit(files, Shape.drill(Map.of("durationMillis", 20)));
                jobs.add(job);
                follow(job, streams);
                Wait.until(Duration.ofMillis(PAUSE_MILLIS), () -> false);
            }
            system.awaitEnd(jobs);
            Wait.until(Duration.ofSeconds(3), () -> false);
        } finally {
            for (EventStream stream : streams) {
                stream.close();
            }
        }
        report();
        report.add(NAME, "bare commit of one row", new Percentiles(bareCommits()));
    }

    private void follow(Promise job, List<EventStream> streams) throws IOException {
        List<URI> replicas = system.replicas();
        for (int i = 0; i < replicas.size(); i++) {
            int replica = i;
            streams.add(
                    EventStream.open(
                            replicas.get(i),
                            job.path() + "/events",
                            LiveSystem.OWNER,
                            (type, id, time) -> {
                                if (!type.equals("snapshot")) {
                                    arrivals.add(new Arrival(job, replica, id, time));
                                }
                            }));
        }
    }

    /** Every change must have come at both; the one that applied it is the earlier, most often. */
    private void report() throws SQLException {
        Map<String, Instant> commits = commits();
        Map<String, List<Long>> delays = new HashMap<>();
        for (Arrival arrival : arrivals) {
            String key = key(arrival);
            Instant commit = commits.get(key);
            if (commit != null) {
                delays.computeIfAbsent(key, _ -> new ArrayList<>())
                        .add(Duration.between(commit, arrival.time).toNanos());
            }
        }
        List<Long> all = delays.values().stream().flatMap(Collection::stream).toList();
        report.add(NAME, "commit to event at the client, both replicas", new Percentiles(all));
        report.add(
                NAME,
                "commit to event at the client, the later replica",
                new Percentiles(delays.values().stream().map(Collections::max).toList()));
        long missing = delays.values().stream().filter(list -> list.size() == 1).count();
        report.add(NAME, "changes that a stream begun after them did not need", missing, "changes");
    }

    private static String key(Arrival arrival) {
        return arrival.job.jobId() + ' ' + arrival.id;
    }

    private Map<String, Instant> commits() throws SQLException {
        Map<String, Instant> commits = new HashMap<>();
        try (Connection connection = system.database();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(COMMITTED)) {
            while (rows.next()) {
                commits.put(
                        PublicIds.of("job", rows.getString("job_id"))
                                + ' '
                                + rows.getLong("sequence"),
                        rows.getTimestamp("time").toInstant());
            }
        }
        return commits;
    }

    private List<Long> bareCommits() throws SQLException {
        List<Long> times = new ArrayList<>();
        try (Connection connection = system.database();
                Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists bench_commit (n int)");
            for (int i = 0; i < COMMITS; i++) {
                long begin = System.nanoTime();
                statement.execute("insert into bench_commit values (" + i + ")");
                times.add(System.nanoTime() - begin);
            }
            statement.execute("drop table bench_commit");
        }
        return times;
    }
}
