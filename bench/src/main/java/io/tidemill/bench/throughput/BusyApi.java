package io.tidemill.bench.throughput;

import io.tidemill.bench.measure.Comparison;
import io.tidemill.bench.measure.OpenLoop;
import io.tidemill.bench.measure.Percentiles;
import io.tidemill.bench.measure.Report;
import io.tidemill.bench.standing.ApiClient;
import io.tidemill.bench.standing.StandingSystem;
import io.tidemill.local.process.Wait;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/**
 * How long requests take at a fixed rate, while nothing else happens and while large files are
 * being uploaded, and what the uploads do to the memory of the API.
 */
final class BusyApi {
    private static final String NAME = "busy API";
    private static final double PER_SECOND = 1_000 / 60.0;
    private static final double UPLOADS_PER_SECOND = 2;
    private static final int FILES = 10;
    private static final int MEGABYTE = 1_000_000;
    private static final Duration LOOKING = Duration.ofMillis(500);

    private final StandingSystem system;
    private final ApiClient client;
    private final Report report;
    private final Map<String, IntFunction<Future<?>>> requests = new LinkedHashMap<>();

    BusyApi(StandingSystem system, ApiClient client, Report report) {
        this.system = system;
        this.client = client;
        this.report = report;
        Buffer submission = Submissions.tomorrow(client.upload(FILES));
        String job = ApiClient.await(client.submit(submission)).getString("id");
        requests.put("POST /v1/jobs of 10 files", _ -> client.submit(submission));
        requests.put("GET /v1/jobs/{id}", _ -> client.get("/v1/jobs/" + job));
        requests.put("POST /v1/files of 1 MB", BusyApi.this::upload);
        requests.put(
                "request that does nothing",
                _ -> client.send(HttpMethod.GET, "/q/health/live", "", Buffer.buffer()));
    }

    private Future<Buffer> upload(int number) {
        byte[] content = new byte[MEGABYTE];
        Buffer bytes = Buffer.buffer(content).setLong(0, number).setLong(8, System.nanoTime());
        return client.send(HttpMethod.POST, "/v1/files", "application/octet-stream", bytes);
    }

    /**
     * @param seconds how long the quiet time lasts
     * @param uploads how many at once
     * @param megabytes of each
     */
    void run(int seconds, int uploads, int megabytes) throws Exception {
        Comparison comparison =
                new Comparison(
                        NAME,
                        "Requests at their time (1 000 a minute of each kind, 120 of 1 MB), ms");
        load(comparison, "quiet", (number, rate) -> number < seconds * rate);
        double before = memory();
        DoubleAccumulator most = new DoubleAccumulator(Math::max, before);
        try (LargeUploads large = new LargeUploads(system.url(), uploads, megabytes)) {
            Thread.ofVirtual().start(() -> watch(large, most));
            load(comparison, "uploads", (_, _) -> !large.isDone());
            report.add(NAME, "uploads of %d MB at once".formatted(megabytes), uploads, "uploads");
            report.add(NAME, "their rate together", large.megabytesPerSecond(), "MB/s");
        }
        report.add(NAME, "memory of the API before", before, "MiB");
        report.add(NAME, "memory of the API, most while they run", most.get(), "MiB");
        report.add(NAME, "memory of the API after", memory(), "MiB");
        report.add(comparison);
    }

    private void watch(LargeUploads large, DoubleAccumulator most) {
        while (!large.isDone()) {
            most.accumulate(memory());
            Wait.until(LOOKING, large::isDone);
        }
    }

    private double memory() {
        return system.cost(StandingSystem.API).residentMiB();
    }

    /** Whether there is to be one more request of a kind. */
    private interface More {
        boolean test(int number, double rate);
    }

    /** All kinds at once, each on a thread of its own. */
    private void load(Comparison comparison, String when, More more)
            throws InterruptedException, ExecutionException {
        Map<String, java.util.concurrent.Future<OpenLoop.Result>> results = new LinkedHashMap<>();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            requests.forEach(
                    (kind, request) -> {
                        double rate = kind.endsWith("1 MB") ? UPLOADS_PER_SECOND : PER_SECOND;
                        IntPredicate goesOn = number -> more.test(number, rate);
                        results.put(
                                kind,
                                threads.submit(() -> new OpenLoop(rate).run(goesOn, request)));
                    });
        }
        for (var entry : results.entrySet()) {
            OpenLoop.Result result = entry.getValue().get();
            Percentiles times = new Percentiles(result.nanos());
            comparison.add(entry.getKey(), when + ":", "number", times.count());
            comparison.add(entry.getKey(), when, "p50", times.median());
            comparison.add(entry.getKey(), when, "p99", times.at(0.99));
            comparison.add(entry.getKey(), when, "failed", result.failed());
        }
    }
}
