package io.tidemill.processor.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.broker.BrokerAddress;
import io.tidemill.contract.TaskEvent;
import io.tidemill.contract.TaskRun;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** A bundle that may take its worker down takes nobody along. */
class ExclusiveIT {
    @TempDir Path folder;
    private final BrokerAddress broker = Mill.broker(Services.SHARED);
    private Client client;
    private Mill mill;
    private TaskRun running;
    private TaskRun alone;

    @BeforeEach
    void anExclusiveBundleWaitsBesideARunningOne(TestInfo test) throws Exception {
        client = new Client(broker);
        String queue = "exclusive" + test.getDisplayName().replaceAll("\\W", "");
        mill = new Mill(broker, folder, queue, 3);
        running = mill.task("wait");
        alone = mill.task("wait");
        client.send(mill.taskQueue, running);
        client.await(TaskEvent.Started.class, running.taskId());
        client.sendExclusive(mill.taskQueue, alone);
        client.await(TaskEvent.Taken.class, alone.taskId());
    }

    @AfterEach
    void close() throws Exception {
        mill.close();
        client.close();
    }

    @Test
    void itRunsWhenTheOthersHaveEndedAndThoseAfterItWait() throws Exception {
        TaskRun later = takenLater();
        long before = beats(alone);
        client.awaitTrue("it is named while it waits", () -> beats(alone) >= before + 2);
        assertEquals(0, started(alone) + started(later));

        mill.gate.countDown();
        client.await(TaskEvent.Succeeded.class, later.taskId());
        List<TaskEvent.OfExecution> told = client.all(TaskEvent.OfExecution.class);
        assertTrue(at(told, running, "Succeeded") < at(told, alone, "Started"), told.toString());
        assertTrue(at(told, alone, "Succeeded") < at(told, later, "Started"), told.toString());
    }

    @Test
    void twoOfThemFollowEachOther() throws Exception {
        TaskRun second = mill.task("copy");
        client.sendExclusive(mill.taskQueue, second);
        client.await(TaskEvent.Taken.class, second.taskId());
        mill.gate.countDown();
        client.await(TaskEvent.Succeeded.class, second.taskId());
        client.await(TaskEvent.Succeeded.class, alone.taskId());
    }

    @Test
    void stoppedWhileItWaitsItLetsOthersPass() throws Exception {
        TaskRun later = takenLater();
        client.stop(client.await(TaskEvent.Taken.class, alone.taskId()).execution());
        client.await(TaskEvent.Stopped.class, alone.taskId());
        client.await(TaskEvent.Succeeded.class, later.taskId());
        assertEquals(0, started(alone));
        assertEquals(List.of(), client.all(TaskEvent.Succeeded.class, running.taskId()));
    }

    @Test
    void aDrainGivesItBack() throws Exception {
        mill.stop();
        client.await(TaskEvent.Released.class, alone.taskId());
        client.await(TaskEvent.Released.class, running.taskId());
        assertEquals(0, started(alone));
    }

    private TaskRun takenLater() throws Exception {
        TaskRun later = mill.task("copy");
        client.send(mill.taskQueue, later);
        client.await(TaskEvent.Taken.class, later.taskId());
        return later;
    }

    private int started(TaskRun run) {
        return client.all(TaskEvent.Started.class, run.taskId()).size();
    }

    private long beats(TaskRun run) {
        return client.all(TaskEvent.Heartbeat.class).stream()
                .flatMap(beat -> beat.pulses().stream())
                .filter(pulse -> pulse.taskId().equals(run.taskId()))
                .count();
    }

    private static int at(List<TaskEvent.OfExecution> told, TaskRun run, String kind) {
        List<String> names =
                told.stream()
                        .map(event -> event.taskId() + event.getClass().getSimpleName())
                        .toList();
        return names.indexOf(run.taskId() + kind);
    }
}
