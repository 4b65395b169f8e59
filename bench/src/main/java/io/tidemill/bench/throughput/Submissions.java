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
import java.util.List;

/**
 * What accepting a job costs, beside a bare statement that writes the same rows, in turn. The jobs
 * begin tomorrow, so that nothing else is to do.
 */
final class Submissions {
    private static final String NAME = "submission";
    private static final int FEW = 10;
    private static final int MOST = 10_000;
    private static final int REPEATS_OF_FEW = 300;
    private static final int REPEATS_OF_MOST = 3;
    private static final String REQUEST = "POST /v1/jobs";
    private static final String STATEMENT = "bare statement";

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
            measure(comparison, database, files.subList(0, FEW), REPEATS_OF_FEW, rounds);
            measure(comparison, database, files, REPEATS_OF_MOST, rounds);
        }
        report.add(comparison);
    }

    /** One round more than asked for; the first warms up. */
    private void measure(
            Comparison comparison, Connection database, List<String> files, int repeats, int rounds)
            throws SQLException {
        Buffer body = tomorrow(files);
        String job = ApiClient.await(client.submit(body)).getString("id");
        String row = " of %d files".formatted(files.size());
        try (RowCopies copies = RowCopies.of(database, PublicIds.uuid(job))) {
            for (int round = 0; round <= rounds; round++) {
                Comparison noted = round == 0 ? new Comparison(NAME, "warm-up") : comparison;
                measure(noted, REQUEST + row, repeats, () -> ApiClient.await(client.submit(body)));
                measure(noted, STATEMENT + row, repeats, copies::write);
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
