package io.tidemill.processor.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tidemill.broker.BrokerAddress;
import io.tidemill.contract.TaskEvent;
import io.tidemill.contract.TaskRun;
import io.tidemill.local.RunningService;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a processor does while the broker is away. */
class OutageIT {
    private static final long BETWEEN_LOOKS_NANOS = 10_000_000;

    @TempDir Path folder;
    private final RunningService broker = Services.SHARED.broker();
    private final BrokerAddress address = Mill.broker(Services.SHARED);

    @Test
    void aBrokerKilledInTheMiddleCostsNoEventAndNoTask() throws Exception {
        try (Client client = new Client(address);
                Mill mill = new Mill(address, folder, "outage", 2)) {
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

            broker.kill();
            awaitDisconnected(mill);
            mill.gate.countDown();
            broker.startAgain();

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
        broker.kill();
        try (Mill mill = new Mill(address, folder, "late", 1)) {
            assertFalse(mill.connected());
            broker.startAgain();
            try (Client client = new Client(address)) {
                TaskRun run = mill.task("copy");
                client.send(mill.taskQueue, run);
                client.await(TaskEvent.Succeeded.class, run.taskId());
            }
        }
    }

    @Test
    void aFrozenBrokerIsNoticedAndNothingIsLost() throws Exception {
        try (Client client = new Client(address);
                Mill mill = new Mill(address, folder, "frozen", 1)) {
            TaskRun running = mill.task("wait");
            client.send(mill.taskQueue, running);
            client.await(TaskEvent.Started.class, running.taskId());
            signal("-STOP", broker.pid());
            try {
                awaitDisconnected(mill);
                mill.gate.countDown();
            } finally {
                signal("-CONT", broker.pid());
            }
            client.await(TaskEvent.Succeeded.class, running.taskId());
        }
    }

    private static void signal(String signal, long pid) throws Exception {
        new ProcessBuilder("kill", signal, String.valueOf(pid)).start().waitFor();
    }

    private static void awaitDisconnected(Mill mill) {
        long end = System.nanoTime() + Client.PATIENCE.toNanos();
        while (mill.connected()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the processor did not notice that the broker is gone");
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
    }
}
