package io.tidemill.bench.throughput;

import io.tidemill.bench.measure.Percentiles;
import io.tidemill.bench.measure.Report;
import io.tidemill.bench.peer.DurableHop;
import io.tidemill.bench.standing.ApiClient;
import io.tidemill.bench.standing.StandingSystem;
import io.tidemill.local.process.LaunchException;
import io.tidemill.local.process.Wait;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/**
 * How soon a lone job begins while nothing else is to do. Beside it, in turn with the jobs, the
 * least that there is between two programs that lose nothing: one durable message and one commit.
 */
final class StartLatency {
    private static final String NAME = "start";
    private static final Duration QUIET = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int WARM_UP = 10;

    private final StandingSystem system;
    private final ApiClient client;
    private final Report report;
    private final SynchronousQueue<Long> arrivals = new SynchronousQueue<>();

    /** A job that was handed in, and when. */
    private record Sent(String path, Instant time) {}

    StartLatency(StandingSystem system, ApiClient client, Report report) {
        this.system = system;
        this.client = client;
        this.report = report;
    }

    void run(int jobs) throws Exception {
        Buffer body = ApiClient.doNothing(client.upload(1));
        List<Sent> sent = new ArrayList<>();
        List<Long> bare = new ArrayList<>();
        try (DurableHop hop = new DurableHop(system.environment(), this::arrived);
                Connection database = system.database();
                Statement statement = database.createStatement()) {
            statement.execute("create table bench_commit (n int)");
            for (int i = 0; i < WARM_UP + jobs; i++) {
                Wait.until(QUIET, () -> false);
                Instant time = Instant.now();
                String id = ApiClient.await(client.submit(body)).getString("id");
                Wait.until(QUIET, () -> false);
                long nanos = hopAndCommit(hop, statement);
                if (i >= WARM_UP) {
                    sent.add(new Sent("/v1/jobs/" + id, time));
                    bare.add(nanos);
                }
            }
            statement.execute("drop table bench_commit");
        }
        report.add(NAME, "request to the start PostgreSQL recorded", new Percentiles(starts(sent)));
        report.add(NAME, "one durable message, then one commit", new Percentiles(bare));
    }

    private void arrived() {
        try {
            arrivals.offer(System.nanoTime(), PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long hopAndCommit(DurableHop hop, Statement statement)
            throws SQLException, InterruptedException {
        long begin = System.nanoTime();
        hop.send();
        if (arrivals.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS) == null) {
            throw new LaunchException("a message did not come");
        }
        statement.execute("insert into bench_commit values (1)");
        return System.nanoTime() - begin;
    }

    private List<Long> starts(List<Sent> sent) {
        List<Long> times = new ArrayList<>();
        for (Sent job : sent) {
            boolean started = Wait.until(PATIENCE, () -> seen(job).containsKey("startTime"));
            if (!started) {
                throw new LaunchException(job.path + " did not start");
            }
            Instant start = Instant.parse(seen(job).getString("startTime"));
            times.add(Duration.between(job.time, start).toNanos());
        }
        return times;
    }

    private JsonObject seen(Sent job) {
        return ApiClient.await(client.get(job.path));
    }
}
