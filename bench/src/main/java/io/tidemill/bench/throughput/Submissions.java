package io.tidemill.bench.throughput;

import io.tidemill.bench.measure.Comparison;
import io.tidemill.bench.measure.ProcessCost;
import io.tidemill.bench.measure.PublicIds;
import io.tidemill.bench.measure.Report;
import io.tidemill.bench.standing.ApiClient;
import io.tidemill.bench.standing.StandingSystem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What accepting a job costs, beside a bare statement that writes the same rows and a request that
 * does nothing, in turn. The jobs begin tomorrow, so that nothing else is to do.
 */
final class Submissions {
    private static final String NAME = "submission";
    private static final int FEW = 10;
    private static final int MOST = 10_000;
    private static final int REPEATS_OF_FEW = 300;
    private static final int REPEATS_OF_MOST = 3;

    /** For each round; after some twenty thousand requests the JVMs have compiled their way. */
    private static final int WARM_UPS = 24;

    private static final String REQUEST = "POST /v1/jobs";
    private static final String STATEMENT = "bare statement";
    private static final String NOTHING = "request that does nothing";

    private final StandingSystem system;
    private final ApiClient client;
    private final Report report;

    /** Something to be done again and again. */
    private interface Act {
        void run() throws SQLException;
    }

    Submissions(StandingSystem system, ApiClient client, Report report) {
        this.system = system;
        this.client = client;
        this.report = report;
    }

    void run(int rounds) throws SQLException {
        String file = PublicIds.uuid(client.upload(1).getFirst());
        Comparison comparison =
                new Comparison(NAME, "Accepting a job that begins tomorrow, for each job");
        try (Connection database = system.database()) {
            List<String> files =
                    RowCopies.files(database, file, MOST).stream()
                            .map(row -> PublicIds.of("file", row))
                            .toList();
            try (RowCopies copies = copies(database, files.subList(0, FEW))) {
                Map<String, Act> acts = acts(files.subList(0, FEW), copies);
                acts.put(NOTHING, () -> ApiClient.await(client.get("/q/health/live")));
                measure(new Comparison(NAME, "warm-up"), acts, REPEATS_OF_FEW, WARM_UPS * rounds);
                measure(comparison, acts, REPEATS_OF_FEW, rounds);
            }
            try (RowCopies copies = copies(database, files)) {
                Map<String, Act> acts = acts(files, copies);
                measure(new Comparison(NAME, "warm-up"), acts, REPEATS_OF_MOST, 1);
                measure(comparison, acts, REPEATS_OF_MOST, rounds);
            }
        }
        report.add(comparison);
    }

    /** Of a job of these files. */
    private RowCopies copies(Connection database, List<String> files) throws SQLException {
        String job = ApiClient.await(client.submit(tomorrow(files))).getString("id");
        return RowCopies.of(database, PublicIds.uuid(job));
    }

    private Map<String, Act> acts(List<String> files, RowCopies copies) {
        Buffer body = tomorrow(files);
        String row = " of %d files".formatted(files.size());
        Map<String, Act> acts = new LinkedHashMap<>();
        acts.put(REQUEST + row, () -> ApiClient.await(client.submit(body)));
        acts.put(STATEMENT + row, copies::write);
        return acts;
    }

    private void measure(Comparison comparison, Map<String, Act> acts, int repeats, int rounds)
            throws SQLException {
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, Act> act : acts.entrySet()) {
                measure(comparison, act.getKey(), repeats, act.getValue());
            }
        }
    }

    /** Processor time of API and PostgreSQL; for the bare statement, which has no API, of us. */
    private void measure(Comparison comparison, String row, int repeats, Act act)
            throws SQLException {
        ProcessCost api = cost(StandingSystem.API);
        ProcessCost postgres = cost(StandingSystem.POSTGRES);
        ProcessCost own = ProcessCost.own();
        long begin = System.nanoTime();
        for (int i = 0; i < repeats; i++) {
            act.run();
        }
        double each = Duration.ofNanos(System.nanoTime() - begin).toNanos() / 1e6 / repeats;
        double millis = 1_000.0 / repeats;
        comparison.add(row, "time", "ms", each);
        comparison.add(
                row, "CPU of the API", "ms", millis * cost(StandingSystem.API).cpuSince(api));
        comparison.add(
                row,
                "CPU of PostgreSQL",
                "ms",
                millis * cost(StandingSystem.POSTGRES).cpuSince(postgres));
        comparison.add(row, "CPU of the client", "ms", millis * ProcessCost.own().cpuSince(own));
    }

    private ProcessCost cost(String process) {
        return system.cost(process);
    }

    static Buffer tomorrow(List<String> files) {
        Instant time = Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(1, ChronoUnit.DAYS);
        JsonObject job = ApiClient.doNothing(files).toJsonObject();
        return job.put("scheduleTime", time.toString()).toBuffer();
    }
}
