package io.tidemill.processor.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.broker.BrokerAddress;
import io.tidemill.contract.TaskEvent;
import io.tidemill.contract.TaskRun;
import io.tidemill.processor.engine.EngineHosts;
import io.tidemill.processor.engine.HostCommand;
import io.tidemill.processor.engine.HostSettings;
import io.tidemill.processor.engine.SleepyHost;
import io.tidemill.processor.engine.installed.Clamd;
import io.tidemill.processor.operation.Attempt;
import io.tidemill.processor.operation.Outcome;
import io.tidemill.processor.operation.Progress;
import io.tidemill.processor.tool.Eventually;
import io.tidemill.processor.tool.Executables;
import io.tidemill.processor.tool.Limits;
import io.tidemill.processor.tool.Living;
import io.tidemill.processor.tool.Tool;
import io.tidemill.processor.tool.ToolCall;
import io.tidemill.storage.FileStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code Stopped} is a proof: when it comes, nothing of the execution runs any more. */
@EnabledOnOs(OS.LINUX)
class StopIT {
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir Path folder;
    private final BrokerAddress broker = Mill.broker(Services.SHARED);
    private final String mark = "600." + System.nanoTime();
    private final CountDownLatch begun = new CountDownLatch(1);
    private Client client;

    @BeforeEach
    void connect() {
        client = new Client(broker);
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
    }

    @Test
    void aProgramIsDead() throws Exception {
        try (Mill mill = mill(this::program)) {
            TaskEvent.Taken taken = start(mill);
            awaitLiving(1);
            stop(mill, taken);
            assertEquals(List.of(), Living.withArgument(mark));
        }
    }

    @Test
    void anEngineHostIsDeadWithWhatItStarted() throws Exception {
        HostSettings settings = new HostSettings(sleepyHost(), 1, 32, 100, LONG);
        try (EngineHosts hosts = new EngineHosts(settings);
                Mill mill = mill(attempt -> host(hosts, attempt))) {
            TaskEvent.Taken taken = start(mill);
            awaitLiving(2);
            stop(mill, taken);
            assertEquals(List.of(), Living.withArgument(mark));
        }
    }

    @Test
    void workInJavaHasEnded() throws Exception {
        try (Mill mill = mill(_ -> waitForEver())) {
            TaskEvent.Taken taken = start(mill);
            begun.await();
            stop(mill, taken);
        }
    }

    @Test
    void theVirusScannerIsHungUpOn() throws Exception {
        try (ServerSocket scanner = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Mill mill = mill(attempt -> scan(scanner.getLocalPort(), attempt))) {
            TaskEvent.Taken taken = start(mill);
            try (Socket line = scanner.accept()) {
                assertEquals('z', line.getInputStream().read());
                stop(mill, taken);
                line.setSoTimeout(1_000);
                line.getInputStream().readAllBytes();
            }
        }
    }

    @Test
    void aFileThatIsBeingFetchedIsLetGo() throws Exception {
        CountDownLatch moving = new CountDownLatch(1);
        try (Mill mill = mill(_ -> waitForEver(), store -> new SlowStore(store, moving, true))) {
            TaskEvent.Taken taken = start(mill);
            moving.await();
            stop(mill, taken);
        }
    }

    @Test
    void aFileThatIsBeingStoredIsLetGo() throws Exception {
        CountDownLatch moving = new CountDownLatch(1);
        try (Mill mill = mill(StopIT::copy, store -> new SlowStore(store, moving, false))) {
            TaskEvent.Taken taken = start(mill);
            moving.await();
            stop(mill, taken);
        }
    }

    @Test
    void aTransferThatHangsIsHeldAndHoldsUpNobody() throws Exception {
        Path pipe = StuckStore.pipe(folder);
        try (Mill mill = mill(_ -> waitForEver(), store -> new StuckStore(store, pipe))) {
            TaskEvent.Taken taken = start(mill);
            client.stop(taken.execution());
            long before = beats(taken);
            client.awaitTrue("three more heartbeats", () -> beats(taken) >= before + 3);
            assertEquals(List.of(), client.all(TaskEvent.Stopped.class, taken.taskId()));
            Files.writeString(pipe, "it moves again");
            client.await(TaskEvent.Stopped.class, taken.taskId());
        }
    }

    @Test
    void whatWaitsInItsBundleIsStoppedAtOnce() throws Exception {
        try (Mill mill = mill(_ -> waitForEver())) {
            TaskRun running = mill.task("mine");
            TaskRun waiting = mill.task("copy");
            client.send(mill.taskQueue, running, waiting);
            begun.await();
            client.stop(client.await(TaskEvent.Taken.class, waiting.taskId()).execution());
            client.await(TaskEvent.Stopped.class, waiting.taskId());
            assertEquals(List.of(), client.all(TaskEvent.Stopped.class, running.taskId()));
            assertEquals(List.of(), client.all(TaskEvent.Started.class, waiting.taskId()));
        }
    }

    @Test
    void workThatDoesNotEndIsHeldAndNotCalledStopped() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (Mill mill = mill(_ -> ignoreInterrupts(end))) {
            TaskEvent.Taken taken = start(mill);
            begun.await();
            client.stop(taken.execution());
            long before = beats(taken);
            client.awaitTrue("three more heartbeats", () -> beats(taken) >= before + 3);
            assertEquals(List.of(), client.all(TaskEvent.Stopped.class, taken.taskId()));
            end.countDown();
            client.await(TaskEvent.Stopped.class, taken.taskId());
            assertEquals(List.of(), client.all(TaskEvent.Succeeded.class, taken.taskId()));
        }
    }

    private Mill mill(TestOperation.Work work) throws IOException {
        return mill(work, store -> store);
    }

    private Mill mill(TestOperation.Work work, UnaryOperator<FileStore> faulty) throws IOException {
        List<TestOperation> mine = List.of(new TestOperation("mine", work));
        return new Mill(broker, folder, "stop" + mark, 1, Mill.untold(), mine, faulty);
    }

    private TaskEvent.Taken start(Mill mill) throws Exception {
        TaskRun run = mill.task("mine");
        client.send(mill.taskQueue, run);
        client.await(TaskEvent.Started.class, run.taskId());
        return client.await(TaskEvent.Taken.class, run.taskId());
    }

    private void stop(Mill mill, TaskEvent.Taken taken) throws Exception {
        assertTrue(Files.exists(mill.folderOf(taken.execution())), "it works");
        client.stop(taken.execution());
        client.await(TaskEvent.Stopped.class, taken.taskId());
        assertFalse(
                Files.exists(mill.folderOf(taken.execution()).resolve("in")),
                "nothing of it stays");
        assertEquals(
                List.of("Taken", "Started", "Stopped"),
                client.all(TaskEvent.OfExecution.class, taken.taskId()).stream()
                        .map(event -> event.getClass().getSimpleName())
                        .toList());
    }

    private void awaitLiving(int count) {
        Eventually.holds(
                count + " children live", LONG, () -> Living.withArgument(mark).size() == count);
    }

    private long beats(TaskEvent.Taken taken) {
        return client.all(TaskEvent.Heartbeat.class).stream()
                .flatMap(beat -> beat.pulses().stream())
                .filter(pulse -> pulse.execution().equals(taken.execution()))
                .count();
    }

    private Outcome program(Attempt attempt) throws IOException, InterruptedException {
        Limits limits = new Limits(LONG, Duration.ofSeconds(9), 1L << 28, 1 << 20);
        String sleep = Executables.find("sleep").orElseThrow().toString();
        Tool.run(new ToolCall(List.of(sleep, mark), attempt.folder(), Map.of(), limits));
        return new Outcome.Done(Map.of(), List.of());
    }

    private static Outcome host(EngineHosts hosts, Attempt attempt)
            throws IOException, InterruptedException {
        return new Outcome.Done(
                Map.of("answer", hosts.ask("any", attempt, Map.of()).toString()), List.of());
    }

    private List<String> sleepyHost() {
        String java = HostCommand.ofThisProgram().getFirst();
        String classPath = System.getProperty("java.class.path");
        return List.of(java, "-cp", classPath, SleepyHost.class.getName(), mark);
    }

    private static Outcome scan(int port, Attempt attempt)
            throws IOException, InterruptedException {
        String reply = Clamd.at("127.0.0.1:" + port).scan(attempt.file(), LONG, Progress.SILENT);
        return new Outcome.Done(Map.of("reply", reply), List.of());
    }

    private static Outcome copy(Attempt attempt) {
        return new Outcome.Done(
                Map.of(), List.of(new Outcome.Output(attempt.file(), "copy", "text/plain")));
    }

    private Outcome waitForEver() throws InterruptedException {
        begun.countDown();
        new CountDownLatch(1).await();
        return new Outcome.Done(Map.of(), List.of());
    }

    private Outcome ignoreInterrupts(CountDownLatch end) {
        begun.countDown();
        boolean ended = false;
        while (!ended) {
            try {
                end.await();
                ended = true;
            } catch (InterruptedException _) {
                continue;
            }
        }
        return new Outcome.Done(Map.of(), List.of());
    }
}
