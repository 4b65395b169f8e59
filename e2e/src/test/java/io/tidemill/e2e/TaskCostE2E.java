package io.tidemill.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * What a task that does nothing may cost the database while many wait. Counted, not timed, so it
 * holds on any machine.
 */
class TaskCostE2E {
    private static final int FILES = 100;
    private static final int JOBS = 60;
    private static final int CLIENTS = 4;

    /** Measured: about 1 800. The goal is 1 500; what is missing is written in the dispatch. */
    private static final double MOST_WAL_BYTES = 2_100;

    private static final double MOST_COMMITS = 0.5;
    private static final double MOST_FSYNCS = 0.3;

    private final Api api = Api.of(TaskCostE2E.class);

    @Test
    void aTaskCostsTheDatabaseLittle()
            throws SQLException, ExecutionException, InterruptedException {
        Tidemill tidemill = SharedTidemill.get();
        List<String> files = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            byte[] content = ("file " + i).getBytes(StandardCharsets.US_ASCII);
            files.add(api.upload("file-" + i + ".txt", content));
        }
        DatabaseCost before = DatabaseCost.of(tidemill);
        run(files);
        DatabaseCost cost = DatabaseCost.of(tidemill).since(before);
        double tasks = FILES * JOBS;
        assertTrue(cost.walBytes() > 0 && cost.commits() > 0 && cost.fsyncs() > 0, cost::toString);
        assertTrue(cost.walBytes() / tasks <= MOST_WAL_BYTES, cost::toString);
        assertTrue(cost.commits() / tasks <= MOST_COMMITS, cost::toString);
        assertTrue(cost.fsyncs() / tasks <= MOST_FSYNCS, cost::toString);
    }

    private void run(List<String> files) throws ExecutionException, InterruptedException {
        Submission nothing = Submission.of(files).step("nothing", "noop", Map.of());
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<String>> jobs = new ArrayList<>();
            for (int i = 0; i < JOBS; i++) {
                jobs.add(clients.submit(() -> api.submit(nothing)));
            }
            for (Future<String> job : jobs) {
                api.awaitJob(job.get(), Api::hasEnded);
                assertEquals("SUCCEEDED", api.get("/v1/jobs/" + job.get()).path("state").asText());
            }
        }
    }
}
