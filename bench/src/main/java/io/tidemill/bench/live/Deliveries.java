package io.tidemill.bench.live;

import io.tidemill.bench.measure.ProcessCost;
import io.tidemill.bench.measure.Report;
import io.tidemill.faults.load.Promise;
import io.tidemill.faults.load.SentFile;
import io.tidemill.faults.load.Shape;
import io.tidemill.local.process.LaunchException;
import io.tidemill.local.process.Wait;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How fast ended jobs are told to a receiver of which every tenth answer is a failure: to one
 * endpoint, and to many. The jobs end while the endpoints are disabled; then all is asked for at
 * once.
 */
final class Deliveries {
    private static final String NAME = "webhooks";
    private static final int MANY = 16;
    private static final int FAILING = 10;
    private static final int OK = 204;
    private static final int UNAVAILABLE = 500;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final LiveSystem system;
    private final Report report;
    private final LiveSizes options;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong first = new AtomicLong();
    private final AtomicLong last = new AtomicLong();

    Deliveries(LiveSystem system, Report report, LiveSizes options) {
        this.system = system;
        this.report = report;
        this.options = options;
    }

    void run() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            HttpServer server =
                    vertx.createHttpServer()
                            .requestHandler(this::receive)
                            .listen(0, "127.0.0.1")
                            .toCompletionStage()
                            .toCompletableFuture()
                            .get(20, TimeUnit.SECONDS);
            run(server.actualPort(), 1);
            run(server.actualPort(), MANY);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }

    private void receive(HttpServerRequest request) {
        int number = requests.incrementAndGet();
        long now = System.nanoTime();
        first.compareAndSet(0, now);
        last.set(now);
        boolean fails = number % FAILING == 0;
        request.response().setStatusCode(fails ? UNAVAILABLE : OK).end();
    }

    private void run(int port, int endpoints) {
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < endpoints; i++) {
            String body = "{\"url\": \"http://127.0.0.1:%d/%d\"}".formatted(port, i);
            String id = system.post("/v1/webhook-endpoints", body).json().path("id").asText();
            paths.add("/v1/webhook-endpoints/" + id);
            system.post(paths.getLast() + "/disable", "");
        }
        int jobs = options.deliveries() / endpoints;
        String since = Instant.now().minusSeconds(1).toString();
        endJobs(jobs);
        paths.forEach(path -> system.post(path + "/enable", ""));
        requests.set(0);
        first.set(0);
        double before = cpu();
        paths.forEach(
                path -> system.post(path + "/redeliver", "{\"failedSince\": \"" + since + "\"}"));
        int wanted = jobs * endpoints;
        if (!Wait.until(LIMIT, () -> requests.get() >= wanted)) {
            throw new LaunchException(
                    "only %d of %d deliveries were tried".formatted(requests.get(), wanted));
        }
        double seconds = (last.get() - first.get()) / 1e9;
        String to = endpoints == 1 ? "one endpoint" : endpoints + " endpoints";
        report.add(NAME, to + ": requests", requests.get(), "requests");
        report.add(NAME, to + ": requests a second", requests.get() / seconds, "1/s");
        double millis = 1_000 * (cpu() - before) / requests.get();
        report.add(NAME, to + ": CPU of both replicas for each", millis, "ms");
        paths.forEach(path -> system.post(path + "/disable", ""));
    }

    /** While the endpoints are disabled, so that only deliveries are measured afterwards. */
    private void endJobs(int count) {
        SentFile file = system.upload();
        List<Promise> jobs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            jobs.add(system.submit(List.of(file), Shape.drill(Map.of())));
        }
        system.awaitEnd(jobs);
    }

    private double cpu() {
        return ProcessCost.of(system.apiPid(0)).cpuSeconds()
                + ProcessCost.of(system.apiPid(1)).cpuSeconds();
    }
}
