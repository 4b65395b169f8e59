package io.tidemill.processor.task;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.broker.BrokerAddress;
import io.tidemill.contract.TaskEvent;
import io.tidemill.contract.TaskRun;
import io.tidemill.local.process.FreePort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a processor counts as having nothing to do. */
class IdleIT {
    private static final Duration LIMIT = Duration.ofMillis(300);

    @TempDir Path folder;
    private final CountDownLatch idle = new CountDownLatch(1);

    @Test
    void whileOneSlotWorksNotAndThenAfterTheTimeGiven() throws Exception {
        BrokerAddress broker = Mill.broker(Services.SHARED);
        try (Client client = new Client(broker);
                Mill mill = new Mill(broker, folder, "idle", 2)) {
            TaskRun running = mill.task("wait");
            client.send(mill.taskQueue, running);
            client.await(TaskEvent.Started.class, running.taskId());
            mill.whenIdle(LIMIT, idle::countDown);
            assertFalse(becomesIdleWithin(LIMIT.multipliedBy(3)), "it works");

            long ended = System.nanoTime();
            mill.gate.countDown();
            client.await(TaskEvent.Succeeded.class, running.taskId());
            assertTrue(becomesIdleWithin(Client.PATIENCE));
            assertTrue(System.nanoTime() - ended >= LIMIT.toNanos());
        }
    }

    @Test
    void notWhileNothingCouldCome() throws Exception {
        BrokerAddress nobody =
                new BrokerAddress("127.0.0.1", FreePort.find(), Optional.empty(), Optional.empty());
        try (Mill mill = new Mill(nobody, folder, "idle", 1)) {
            mill.whenIdle(LIMIT, idle::countDown);
            assertFalse(becomesIdleWithin(LIMIT.multipliedBy(3)));
        }
    }

    private boolean becomesIdleWithin(Duration time) throws InterruptedException {
        return idle.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
