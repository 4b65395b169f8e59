package io.tidemill.processor.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.broker.BrokerAddress;
import io.tidemill.contract.TaskEvent;
import io.tidemill.contract.TaskRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a processor does when it is told to end. */
class DrainIT {
    @TempDir Path folder;
    private final BrokerAddress broker = Mill.broker(Services.SHARED);

    @Test
    void whatIsNotDoneInTimeIsGivenBackAndNothingMoreIsTaken() throws Exception {
        try (Client client = new Client(broker)) {
            TaskRun running;
            TaskRun waiting;
            TaskRun later;
            Mill ending = new Mill(broker, folder, "drain", 2);
            try (ending) {
                running = ending.task("wait");
                waiting = ending.task("copy");
                later = ending.task("copy");
                client.send(ending.taskQueue, running, waiting);
                client.await(TaskEvent.Started.class, running.taskId());
                ending.stop();
            }
            client.await(TaskEvent.Released.class, running.taskId());
            client.await(TaskEvent.Released.class, waiting.taskId());
            assertEquals(List.of(), client.all(TaskEvent.Started.class, waiting.taskId()));
            assertFalse(Files.exists(ending.workspaceRoot.resolve(ending.id)));

            client.send(ending.taskQueue, later);
            try (Mill next = new Mill(broker, folder, "drain", 1)) {
                client.await(TaskEvent.Succeeded.class, later.taskId());
                assertTrue(next.connected());
            }
            assertEquals(1, client.all(TaskEvent.Taken.class, running.taskId()).size());
        }
    }

    @Test
    void whatWasSavedLeavesWithHeartbeatsAndWithTheReturn() throws Exception {
        List<TestOperation> saving =
                List.of(
                        new TestOperation(
                                "save",
                                attempt -> {
                                    attempt.checkpoint().save("page=4");
                                    throw new InterruptedException(
                                            await(attempt.checkpoint().last().orElseThrow()));
                                }));
        try (Client client = new Client(broker);
                Mill mill = new Mill(broker, folder, "saving", 1, saving)) {
            TaskRun running = mill.task("save");
            client.send(mill.taskQueue, running);
            client.awaitTrue(
                    "a heartbeat with it",
                    () ->
                            client.all(TaskEvent.Heartbeat.class).stream()
                                    .flatMap(beat -> beat.pulses().stream())
                                    .anyMatch(pulse -> "page=4".equals(pulse.checkpoint())));
            mill.stop();
            assertEquals(
                    "page=4",
                    client.await(TaskEvent.Released.class, running.taskId()).checkpoint());
        }
    }

    private static String await(String saved) throws InterruptedException {
        new CountDownLatch(1).await();
        return saved;
    }

    @Test
    void whoLeavesSaysThatItOffersNothingMore() throws Exception {
        try (Client client = new Client(broker);
                Mill mill = new Mill(broker, folder, "farewell", 1)) {
            client.awaitTrue("its offer", () -> offers(client, mill).contains(false));
            mill.stop();
            client.awaitTrue("its farewell", () -> offers(client, mill).getLast());
        }
    }

    /** For each announcement, whether it named no operation. */
    private static List<Boolean> offers(Client client, Mill mill) {
        return client.heard().stream()
                .filter(heard -> heard.envelope().worker().equals(mill.id))
                .flatMap(heard -> heard.envelope().events().stream())
                .filter(TaskEvent.Announced.class::isInstance)
                .map(event -> ((TaskEvent.Announced) event).operations().isEmpty())
                .toList();
    }

    @Test
    void runningWorkMayFinishWithinTheGrace() throws Exception {
        try (Client client = new Client(broker);
                Mill mill = new Mill(broker, folder, "grace", 1)) {
            TaskRun running = mill.task("wait");
            TaskRun waiting = mill.task("copy");
            client.send(mill.taskQueue, running, waiting);
            client.await(TaskEvent.Started.class, running.taskId());
            Thread end = Thread.ofVirtual().start(() -> stop(mill));
            client.await(TaskEvent.Released.class, waiting.taskId());
            mill.gate.countDown();
            client.await(TaskEvent.Succeeded.class, running.taskId());
            end.join();
            assertEquals(List.of(), client.all(TaskEvent.Released.class, running.taskId()));
        }
    }

    private static void stop(Mill mill) {
        try {
            mill.stop();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
