package io.tidemill.processor.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.contract.TaskEvent;
import io.tidemill.contract.TaskRun;
import io.tidemill.processor.operation.Attempt;
import io.tidemill.processor.operation.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Progress leaves long before the next heartbeat, on a real broker. */
class ProgressIT {
    @TempDir Path folder;
    private final Semaphore goOn = new Semaphore(0);

    @Test
    void progressThatHasChangedLeavesBeforeTheNextHeartbeat(TestInfo test) throws Exception {
        String queue = test.getDisplayName().replaceAll("\\W", "");
        TestOperation reading = new TestOperation("reading", this::read);
        try (Client client = new Client(Mill.broker(Services.SHARED));
                Mill mill =
                        Mill.withRareHeartbeats(
                                Mill.broker(Services.SHARED), folder, queue, List.of(reading))) {
            TaskRun run = mill.task("reading");
            TaskRun waiting = mill.task("copy");
            client.send(queue, run, waiting);
            awaitPercent(client, run, 10);
            goOn.release();
            awaitPercent(client, run, 20);
            goOn.release();
            awaitPercent(client, run, 80);
            goOn.release();
            client.await(TaskEvent.Succeeded.class, waiting.taskId());

            List<Integer> told = percents(client, run);
            assertEquals(told.stream().distinct().toList(), told, "told once each");
            assertTrue(told.size() < 20, "gathered: " + told);
            assertEquals(List.of(), percents(client, waiting), "what waits has nothing to tell");
        }
    }

    /** Tells the same twice in the first step, and sixty things at once in the last. */
    private Outcome read(Attempt attempt) throws InterruptedException {
        attempt.progress().report(10, "page 1 of 10");
        attempt.progress().report(10, "page 1 of 10");
        goOn.acquire();
        attempt.progress().report(10, "page 1 of 10");
        attempt.progress().report(20, "page 2 of 10");
        goOn.acquire();
        for (int percent = 21; percent <= 80; percent++) {
            attempt.progress().report(percent, "page 8 of 10");
        }
        goOn.acquire();
        return new Outcome.Done(Map.of(), List.of());
    }

    private static void awaitPercent(Client client, TaskRun run, int percent) {
        client.awaitTrue(percent + " percent", () -> percents(client, run).contains(percent));
    }

    private static List<Integer> percents(Client client, TaskRun run) {
        return client.all(TaskEvent.Heartbeat.class).stream()
                .flatMap(beat -> beat.pulses().stream())
                .filter(pulse -> pulse.taskId().equals(run.taskId()))
                .map(TaskEvent.Pulse::percent)
                .toList();
    }
}
