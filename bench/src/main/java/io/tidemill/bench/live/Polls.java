package io.tidemill.bench.live;

import io.tidemill.bench.measure.OpenLoop;
import io.tidemill.bench.measure.Percentiles;
import io.tidemill.bench.measure.ProcessCost;
import io.tidemill.bench.measure.Report;
import io.tidemill.faults.load.SentFile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * So many reads of unchanged jobs a second, at fixed times whether answers come or not: those that
 * name the tag they know, beside those that do not, beside a request that does nothing.
 */
final class Polls {
    private static final String NAME = "polls";
    private static final int JOBS = 100;
    private static final int CONNECTIONS = 64;

    private final LiveSystem system;
    private final Report report;
    private final LiveSizes options;

    private record Poll(String path, Map<String, String> headers, int status) {}

    Polls(LiveSystem system, Report report, LiveSizes options) {
        this.system = system;
        this.report = report;
        this.options = options;
    }

    void run() throws Exception {
        SentFile file = system.upload();
        List<String> jobs = new ArrayList<>();
        for (int i = 0; i < JOBS; i++) {
            jobs.add(system.waitingJob(file));
        }
        Vertx vertx = Vertx.vertx();
        try {
            HttpClient client =
                    vertx.createHttpClient(
                            new HttpClientOptions().setKeepAlive(true),
                            new PoolOptions().setHttp1MaxSize(CONNECTIONS));
            List<Poll> known = new ArrayList<>();
            for (String job : jobs) {
                known.add(new Poll(job, Map.of("If-None-Match", tag(client, job)), 304));
            }
            load(client, "unchanged, 304", known);
            load(
                    client,
                    "whole, 200",
                    jobs.stream().map(job -> new Poll(job, Map.of(), 200)).toList());
            load(
                    client,
                    "request that does nothing",
                    List.of(new Poll("/q/health/live", Map.of(), 200)));
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }

    private String tag(HttpClient client, String job) throws Exception {
        return client.request(request(new Poll(job, Map.of(), 200)))
                .compose(HttpClientRequest::send)
                .map(answer -> answer.getHeader("ETag"))
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    private RequestOptions request(Poll poll) {
        URI replica = system.replicas().getFirst();
        RequestOptions request =
                new RequestOptions()
                        .setMethod(HttpMethod.GET)
                        .setHost(replica.getHost())
                        .setPort(replica.getPort())
                        .setURI(poll.path)
                        .putHeader("X-Tidemill-Owner", LiveSystem.OWNER);
        poll.headers.forEach(request::putHeader);
        return request;
    }

    private void load(HttpClient client, String what, List<Poll> polls) throws SQLException {
        int count = Math.toIntExact(options.rate() * options.time().toSeconds());
        long committed = transactions();
        ProcessCost before = ProcessCost.of(system.apiPid(0));
        OpenLoop.Result result =
                new OpenLoop(options.rate())
                        .run(
                                number -> number < count,
                                number -> poll(client, polls.get(number % polls.size())));
        double cpu = ProcessCost.of(system.apiPid(0)).cpuSince(before);
        report.add(NAME, what + ": from its time to its answer", new Percentiles(result.nanos()));
        report.add(NAME, what + ": CPU of the API for each", 1_000 * cpu / count, "ms");
        report.add(NAME, what + ": other answers than expected", result.failed(), "answers");
        result.failures()
                .forEach((why, times) -> report.add(NAME, what + ": " + why, times, "answers"));
        report.add(
                NAME,
                what + ": transactions of PostgreSQL for each",
                (double) (transactions() - committed) / count,
                "transactions");
    }

    /** Fails with another answer than the expected. */
    private Future<?> poll(HttpClient client, Poll poll) {
        return client.request(request(poll))
                .compose(HttpClientRequest::send)
                .compose(
                        answer ->
                                answer.statusCode() == poll.status
                                        ? answer.end()
                                        : Future.failedFuture("status " + answer.statusCode()));
    }

    /** All of them, of whatever kind; reads are transactions, too. */
    private long transactions() throws SQLException {
        try (Connection connection = system.database();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "select xact_commit from pg_stat_database where datname = current_database()")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
