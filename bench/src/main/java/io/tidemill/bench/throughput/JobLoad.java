package io.tidemill.bench.throughput;

import io.tidemill.bench.standing.ApiClient;
import io.tidemill.local.process.LaunchException;
import io.tidemill.local.process.Wait;
import io.vertx.core.buffer.Buffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Submits equal jobs as fast as they are taken and waits for the end of the last. */
final class JobLoad {
    /** So few rows are open at the end that looking is cheap; the system's own clock says when. */
    private static final String OPEN = "select count(*) from job where end_time is null";

    private static final String ENDED =
            """
            select count(*), sum(succeeded), max(end_time) from job
            where owner = 'bench' and create_time >= ?""";

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration LOOKING = Duration.ofMillis(200);

    private final ApiClient client;
    private final Connection database;
    private final Buffer body;
    private final int files;
    private final int underWay;

    /**
     * How long it took.
     *
     * @param submitted from the first request to the last answer
     * @param ended from the first request to the end of the last job, as PostgreSQL dates it
     */
    record Times(Duration submitted, Duration ended) {}

    /**
     * @param files of each job
     * @param underWay requests that wait for their answer at once
     */
    JobLoad(ApiClient client, Connection database, List<String> files, int underWay) {
        this.client = client;
        this.database = database;
        this.body = ApiClient.doNothing(files);
        this.files = files.size();
        this.underWay = underWay;
    }

    /** Returns when so many jobs have succeeded. */
    Times run(int jobs) throws SQLException {
        Instant begin = Instant.now();
        submit(jobs);
        Instant submitted = Instant.now();
        while (number(OPEN) > 0) {
            if (Duration.between(submitted, Instant.now()).compareTo(PATIENCE) > 0) {
                throw new LaunchException("jobs did not end");
            }
            Wait.until(LOOKING, () -> false);
        }
        return new Times(
                Duration.between(begin, submitted), Duration.between(begin, end(jobs, begin)));
    }

    private void submit(int jobs) {
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger answered = new AtomicInteger();
        CompletableFuture<Void> all = new CompletableFuture<>();
        Runnable next =
                new Runnable() {
                    @Override
                    public void run() {
                        if (begun.getAndIncrement() < jobs) {
                            client.insist(body)
                                    .onFailure(all::completeExceptionally)
                                    .onSuccess(
                                            _ -> {
                                                if (answered.incrementAndGet() == jobs) {
                                                    all.complete(null);
                                                }
                                                run();
                                            });
                        }
                    }
                };
        for (int i = 0; i < underWay; i++) {
            next.run();
        }
        try {
            all.join();
        } catch (CompletionException e) {
            throw new LaunchException("a submission failed: " + e.getMessage(), e);
        }
    }

    private long number(String sql) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private Instant end(int jobs, Instant begin) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(ENDED)) {
            statement.setObject(1, OffsetDateTime.ofInstant(begin, ZoneOffset.UTC));
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                if (rows.getLong(1) != jobs || rows.getLong(2) != (long) jobs * files) {
                    throw new LaunchException(
                            "%d of %d jobs with %d of %d tasks succeeded"
                                    .formatted(
                                            rows.getLong(1),
                                            jobs,
                                            rows.getLong(2),
                                            (long) jobs * files));
                }
                return rows.getTimestamp(3).toInstant();
            }
        }
    }
}
