package io.tidemill.processor.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.broker.BrokerAddress;
import io.tidemill.contract.FileRef;
import io.tidemill.contract.TaskEvent;
import io.tidemill.contract.TaskRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What a processor does with bundles, on a real broker. */
class ProcessorIT {
    @TempDir Path folder;
    private final BrokerAddress broker = Mill.broker(Services.SHARED);
    private Client client;
    private Mill mill;

    @BeforeEach
    void start(TestInfo test) throws IOException {
        String queue = test.getDisplayName().replaceAll("\\W", "");
        client = new Client(broker);
        mill = new Mill(broker, folder, queue, 2);
    }

    @AfterEach
    void stop() throws Exception {
        mill.close();
        client.close();
    }

    @Test
    void aTaskIsTakenStartedAndItsOutputIsStored() throws Exception {
        TaskRun run = mill.task("copy");
        client.send(mill.taskQueue, run);

        TaskEvent.Taken taken = client.await(TaskEvent.Taken.class, run.taskId());
        TaskEvent.Started started = client.await(TaskEvent.Started.class, run.taskId());
        TaskEvent.Succeeded done = client.await(TaskEvent.Succeeded.class, run.taskId());
        assertEquals(taken.execution(), started.execution());
        assertEquals(taken.execution(), done.execution());
        assertEquals(9, done.result().get("bytes"));
        assertTrue(Objects.requireNonNull(done.durationMillis()) >= 0);
        FileRef output = done.outputs().getFirst();
        assertEquals("copy.txt", output.name());
        assertEquals(run.input().sha256(), output.sha256());
    }

    @Test
    void everyEventMessageIsDurableAndCarriesItsDuplicateId() throws Exception {
        TaskRun run = mill.task("copy");
        client.send(mill.taskQueue, run);
        client.await(TaskEvent.Succeeded.class, run.taskId());

        assertTrue(client.heard().size() >= 2);
        for (Client.Heard heard : client.heard()) {
            assertTrue(heard.message().isDurable());
            assertEquals(
                    heard.message().getMessageId(),
                    heard.message().getApplicationProperties().getValue().get("_AMQ_DUPL_ID"));
            assertTrue(heard.message().encode(new byte[65_536], 0, 65_536) < 65_536);
        }
    }

    @Test
    void whatDoesNotFitInTheSlotsStaysInTheQueueForOthers() throws Exception {
        List<TaskRun> runs = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            TaskRun run = mill.task("wait");
            runs.add(run);
            client.send(mill.taskQueue, run);
        }
        client.awaitTrue("two held by the first", () -> heldBy(mill.id).size() == 2);
        try (Mill second = new Mill(broker, folder, mill.taskQueue, 3)) {
            client.awaitTrue("three held by the second", () -> heldBy(second.id).size() == 3);
            awaitHeartbeats(3);
            assertEquals(2, heldBy(mill.id).size());
            assertEquals(3, heldBy(second.id).size());
            assertEquals(5, count(TaskEvent.Taken.class, runs));
            mill.gate.countDown();
            second.gate.countDown();
            for (TaskRun run : runs) {
                client.await(TaskEvent.Succeeded.class, run.taskId());
            }
        }
    }

    @Test
    void theTasksOfABundleShareASlotAndAreAllNamedInHeartbeats() throws Exception {
        TaskRun first = mill.task("wait");
        TaskRun second = mill.task("wait");
        client.send(mill.taskQueue, first, second);

        client.awaitTrue("a heartbeat with both", () -> heldBy(mill.id).size() == 2);
        client.await(TaskEvent.Started.class, first.taskId());
        client.awaitTrue(
                "progress in a heartbeat",
                () ->
                        pulses(mill.id)
                                .anyMatch(
                                        pulse ->
                                                pulse.taskId().equals(first.taskId())
                                                        && Integer.valueOf(42)
                                                                .equals(pulse.percent())
                                                        && "waiting".equals(pulse.activity())));
        assertEquals(List.of(), client.all(TaskEvent.Started.class, second.taskId()));
        mill.gate.countDown();
        client.await(TaskEvent.Succeeded.class, second.taskId());
    }

    @Test
    void allTasksOfABundleAreTakenByOneMessage() throws Exception {
        List<TaskRun> runs = new ArrayList<>();
        FileRef file = mill.file("some text");
        for (int i = 0; i < 100; i++) {
            runs.add(Mill.task("copy", file, 60, null));
        }
        client.send(mill.taskQueue, runs.toArray(TaskRun[]::new));
        for (TaskRun run : runs) {
            client.await(TaskEvent.Succeeded.class, run.taskId());
        }

        long messages = client.heard().stream().filter(heard -> takesAny(heard, runs)).count();
        assertEquals(1, messages);
        assertEquals(100, count(TaskEvent.Taken.class, runs));
        assertEquals(100, count(TaskEvent.Started.class, runs));
    }

    @Test
    void aBundleThatComesTwiceIsWorkedOnce() throws Exception {
        TaskRun held = mill.task("wait");
        client.send(mill.taskQueue, held);
        client.await(TaskEvent.Started.class, held.taskId());
        client.send(mill.taskQueue, held);
        mill.gate.countDown();
        client.await(TaskEvent.Succeeded.class, held.taskId());
        client.send(mill.taskQueue, held);
        TaskRun last = mill.task("copy");
        client.send(mill.taskQueue, last);
        client.await(TaskEvent.Succeeded.class, last.taskId());

        assertEquals(1, client.all(TaskEvent.Taken.class, held.taskId()).size());
        assertEquals(1, client.all(TaskEvent.Succeeded.class, held.taskId()).size());
    }

    @Test
    void garbageGoesToTheDeadLetterQueueAndTheProcessorLives() throws Exception {
        client.sendRaw(mill.taskQueue, "{not json");
        assertEquals("{not json", client.awaitDeadLetter());
        String future = "{\"version\":7,\"bundleId\":\"b\",\"tasks\":[]}";
        client.sendRaw(mill.taskQueue, future);
        assertEquals(future, client.awaitDeadLetter());
        String hollow = "{\"version\":1,\"bundleId\":\"b\",\"tasks\":[{\"attempt\":1}]}";
        client.sendRaw(mill.taskQueue, hollow);
        assertEquals(hollow, client.awaitDeadLetter());

        TaskRun run = mill.task("copy");
        client.send(mill.taskQueue, run);
        client.await(TaskEvent.Succeeded.class, run.taskId());
    }

    @Test
    void ofAStoppedExecutionNothingIsToldButThat() throws Exception {
        TaskRun running = mill.task("wait");
        TaskRun waiting = mill.task("copy");
        TaskRun next = mill.task("copy");
        client.send(mill.taskQueue, running, waiting, next);
        client.await(TaskEvent.Started.class, running.taskId());
        client.stop(
                client.await(TaskEvent.Taken.class, running.taskId()).execution(),
                client.await(TaskEvent.Taken.class, waiting.taskId()).execution());

        client.await(TaskEvent.Succeeded.class, next.taskId());
        client.await(TaskEvent.Stopped.class, running.taskId());
        client.await(TaskEvent.Stopped.class, waiting.taskId());
        assertEquals(Set.of("taken", "started", "stopped"), kindsAbout(running));
        assertEquals(Set.of("taken", "stopped"), kindsAbout(waiting));
    }

    @Test
    void everyFailureHasItsCodeAndNoSecrets() throws Exception {
        FileRef text = mill.file("some text");
        FileRef gone = new FileRef("a.txt", "text/plain", 9, "0".repeat(64));
        FileRef image = new FileRef("a.png", "image/png", 9, text.sha256());
        FileRef huge = new FileRef("a.txt", "text/plain", 1_000_001, text.sha256());
        FileRef longer = damaged();

        assertFails("INVALID_INPUT", Mill.task("fail", text, 60, null));
        assertFails("DEPENDENCY_UNAVAILABLE", Mill.task("break-disk", text, 60, null));
        assertFails("INTERNAL_ERROR", Mill.task("defect", text, 60, null));
        assertFails("LIMIT_EXCEEDED", Mill.task("chatty", text, 60, null));
        assertFails("INTERNAL_ERROR", Mill.task("odd", text, 60, null));
        assertFails("TIMEOUT", Mill.task("wait", text, 1, null));
        assertFails("OPERATION_UNAVAILABLE", Mill.task("missing", text, 60, null));
        assertFails("OPERATION_UNAVAILABLE", Mill.task("unheard-of", text, 60, null));
        assertFails("UNSUPPORTED_TYPE", Mill.task("copy", image, 60, null));
        assertFails("LIMIT_EXCEEDED", Mill.task("copy", huge, 60, null));
        assertFails("DEPENDENCY_UNAVAILABLE", Mill.task("copy", gone, 60, null));
        assertFails("CHECKSUM_MISMATCH", Mill.task("copy", longer, 60, null));
        assertTrue(leftFiles().isEmpty(), "nothing stays of an attempt: " + leftFiles());
    }

    @Test
    void theWorkerSaysWhatItOffers() {
        TaskEvent.Announced offer =
                client.await(
                        "an announcement",
                        () ->
                                client.all(TaskEvent.Announced.class).stream()
                                        .filter(found -> found.taskQueue().equals(mill.taskQueue))
                                        .findFirst()
                                        .orElse(null));
        assertEquals(2, offer.slots());
        assertTrue(
                offer.operations().stream()
                        .anyMatch(
                                operation ->
                                        operation.name().equals("missing")
                                                && "The engine is missing; install it so."
                                                        .equals(operation.unavailableReason())));
    }

    private void assertFails(String code, TaskRun run) throws Exception {
        client.send(mill.taskQueue, run);
        TaskEvent.Failed failed = client.await(TaskEvent.Failed.class, run.taskId());
        assertEquals(code, failed.failure().code());
        assertFalse(failed.failure().detail().contains("secret"), failed.failure().detail());
    }

    private FileRef damaged() throws IOException {
        FileRef ref = mill.file("to be damaged");
        try (Stream<Path> stored = Files.walk(folder.resolve("storage"))) {
            Path content =
                    stored.filter(path -> path.toString().endsWith(ref.sha256()))
                            .findFirst()
                            .orElseThrow();
            Files.writeString(content, "damaged since");
        }
        return ref;
    }

    private List<Path> leftFiles() throws IOException {
        try (Stream<Path> entries = Files.walk(mill.workspaceRoot.resolve(mill.id))) {
            return entries.filter(entry -> !Files.isDirectory(entry)).toList();
        }
    }

    private Set<String> kindsAbout(TaskRun run) {
        return client.all(TaskEvent.OfExecution.class, run.taskId()).stream()
                .map(event -> event.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.toSet());
    }

    private static boolean takesAny(Client.Heard heard, List<TaskRun> runs) {
        Set<String> ids = runs.stream().map(TaskRun::taskId).collect(Collectors.toSet());
        return heard.envelope().events().stream()
                .anyMatch(
                        event ->
                                event instanceof TaskEvent.Taken taken
                                        && ids.contains(taken.taskId()));
    }

    private long count(Class<? extends TaskEvent.OfExecution> kind, List<TaskRun> runs) {
        return runs.stream().mapToLong(run -> client.all(kind, run.taskId()).size()).sum();
    }

    /** The executions in a worker's latest heartbeat. */
    private Set<String> heldBy(String worker) {
        return heartbeats(worker)
                .reduce((_, later) -> later)
                .map(
                        beat ->
                                beat.pulses().stream()
                                        .map(TaskEvent.Pulse::execution)
                                        .collect(Collectors.toSet()))
                .orElse(Set.of());
    }

    private Stream<TaskEvent.Pulse> pulses(String worker) {
        return heartbeats(worker).flatMap(beat -> beat.pulses().stream());
    }

    private Stream<TaskEvent.Heartbeat> heartbeats(String worker) {
        return client.heard().stream()
                .filter(heard -> heard.envelope().worker().equals(worker))
                .flatMap(heard -> heard.envelope().events().stream())
                .filter(TaskEvent.Heartbeat.class::isInstance)
                .map(TaskEvent.Heartbeat.class::cast);
    }

    private void awaitHeartbeats(int more) {
        long wanted = heartbeats(mill.id).count() + more;
        client.awaitTrue("more heartbeats", () -> heartbeats(mill.id).count() >= wanted);
    }
}
