package io.tidemill.processor.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tidemill.contract.TaskEvent;
import io.tidemill.contract.TaskRun;
import io.tidemill.local.LocalServices;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a processor does while the broker is away. */
class OutageIT {
    @TempDir Path folder;

    @Test
    void aBrokerKilledInTheMiddleCostsNoEventAndNoTask() throws Exception {
        try (LocalServices services = LocalServices.start(folder.resolve("services"));
                Client client = new Client(Mill.broker(services));
                Mill mill = new Mill(Mill.broker(services), folder, "outage", 2)) {
            TaskRun finishesWhileAway = mill.task("wait");
            List<TaskRun> queued = new ArrayList<>();
            client.send(mill.taskQueue, finishesWhileAway, mill.task("copy"));
            client.await(TaskEvent.Started.class, finishesWhileAway.taskId());
            TaskRun alsoRunning = mill.task("wait");
            client.send(mill.taskQueue, alsoRunning);
            client.await(TaskEvent.Started.class, alsoRunning.taskId());
            for (int i = 0; i < 20; i++) {
                TaskRun run = mill.task("copy");
                queued.add(run);
                client.send(mill.taskQueue, run);
            }

            services.broker().kill();
            awaitDisconnected(mill);
            mill.gate.countDown();
            services.broker().startAgain();

            client.await(TaskEvent.Succeeded.class, finishesWhileAway.taskId());
            client.await(TaskEvent.Succeeded.class, alsoRunning.taskId());
            for (TaskRun run : queued) {
                client.await(TaskEvent.Succeeded.class, run.taskId());
            }
            assertEquals(
                    1, client.all(TaskEvent.Succeeded.class, finishesWhileAway.taskId()).size());
        }
    }

    @Test
    void aBrokerThatComesLateIsFound() throws Exception {
        try (LocalServices services = LocalServices.start(folder.resolve("services"))) {
            services.broker().kill();
            try (Mill mill = new Mill(Mill.broker(services), folder, "late", 1)) {
                assertFalse(mill.connected());
                services.broker().startAgain();
                try (Client client = new Client(Mill.broker(services))) {
                    TaskRun run = mill.task("copy");
                    client.send(mill.taskQueue, run);
                    client.await(TaskEvent.Succeeded.class, run.taskId());
                }
            }
        }
    }

    private static void awaitDisconnected(Mill mill) {
        long end = System.nanoTime() + Client.PATIENCE.toNanos();
        while (mill.connected()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the processor did not notice that the broker is gone");
            }
            Thread.onSpinWait();
        }
    }
}
