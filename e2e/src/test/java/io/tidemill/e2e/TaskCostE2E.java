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
    private static final int TASKS = FILES * JOBS;
    private static final int CLIENTS = 4;

    /** After a checkpoint every page is logged whole once; that is no cost of tasks. */
    private static final int ROUNDS = 3;

    /** Measured: about 1 400. */
    private static final double MOST_WAL_BYTES = 1_500;

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
        DatabaseCost cost = cost(tidemill, files);
        for (int round = 1; round < ROUNDS && cost.walBytes() > MOST_WAL_BYTES * TASKS; round++) {
            cost = cost(tidemill, files);
        }
        System.out.println("For %d tasks: %s".formatted(TASKS, cost));
        assertTrue(cost.walBytes() > 0 && cost.commits() > 0 && cost.fsyncs() > 0, cost::toString);
        assertTrue((double) cost.walBytes() / TASKS <= MOST_WAL_BYTES, cost::toString);
        assertTrue((double) cost.commits() / TASKS <= MOST_COMMITS, cost::toString);
        assertTrue((double) cost.fsyncs() / TASKS <= MOST_FSYNCS, cost::toString);
    }

    private DatabaseCost cost(Tidemill tidemill, List<String> files)
            throws SQLException, ExecutionException, InterruptedException {
        DatabaseCost before = DatabaseCost.of(tidemill);
        run(files);
        return DatabaseCost.of(tidemill).since(before);
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
