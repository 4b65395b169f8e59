package io.tidemill.processor.task;

import io.opentelemetry.api.OpenTelemetry;
import io.tidemill.broker.BrokerAddress;
import io.tidemill.contract.FileRef;
import io.tidemill.contract.TaskEvent;
import io.tidemill.contract.TaskRun;
import io.tidemill.local.LocalServices;
import io.tidemill.processor.workspace.StoredFiles;
import io.tidemill.processor.workspace.Workspace;
import io.tidemill.storage.FileStore;
import io.tidemill.storage.StoredContent;
import io.tidemill.storage.filesystem.FilesystemStore;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A whole processor with the operations of {@link TestOperation}, put together as in production.
 */
final class Mill implements AutoCloseable {
    final CountDownLatch gate = new CountDownLatch(1);
    final String id = "worker-" + UUID.randomUUID().toString().substring(0, 8);
    final String taskQueue;
    final Path workspaceRoot;

    private final Vertx vertx = Vertx.vertx();
    private final FileStore store;
    private final Workspace workspace;
    private final Processor processor;
    private boolean stopped;

    Mill(BrokerAddress broker, Path folder, String taskQueue, int slots) throws IOException {
        this(broker, folder, taskQueue, slots, untold());
    }

    Mill(BrokerAddress broker, Path folder, String taskQueue, int slots, OpenTelemetry telemetry)
            throws IOException {
        this(broker, folder, taskQueue, slots, telemetry, List.of(), store -> store);
    }

    /** One whose heartbeats are too rare to tell anything in a test. */
    static Mill withRareHeartbeats(
            BrokerAddress broker, Path folder, String taskQueue, List<TestOperation> more)
            throws IOException {
        return new Mill(
                broker,
                folder,
                taskQueue,
                1,
                untold(),
                more,
                store -> store,
                Client.PATIENCE.multipliedBy(10));
    }

    /** One that also knows operations of a test's own. */
    Mill(BrokerAddress broker, Path folder, String taskQueue, int slots, List<TestOperation> more)
            throws IOException {
        this(broker, folder, taskQueue, slots, untold(), more, store -> store);
    }

    /**
     * @param faulty puts something between the attempts and the store
     */
    Mill(
            BrokerAddress broker,
            Path folder,
            String taskQueue,
            int slots,
            OpenTelemetry telemetry,
            List<TestOperation> more,
            UnaryOperator<FileStore> faulty)
            throws IOException {
        this(broker, folder, taskQueue, slots, telemetry, more, faulty, Duration.ofMillis(200));
    }

    private Mill(
            BrokerAddress broker,
            Path folder,
            String taskQueue,
            int slots,
            OpenTelemetry telemetry,
            List<TestOperation> more,
            UnaryOperator<FileStore> faulty,
            Duration heartbeat)
            throws IOException {
        this.taskQueue = taskQueue;
        this.store = new FilesystemStore(folder.resolve("storage"));
        this.workspaceRoot = folder.resolve("workspace");
        this.workspace = Workspace.open(workspaceRoot, id);
        var all = Stream.concat(TestOperation.all(gate).stream(), more.stream()).toList();
        OfferedOperations operations =
                new OfferedOperations(
                        all.stream().map(op -> TestOperation.descriptor(op.name())).toList(),
                        all,
                        false);
        Worker worker =
                new Worker(
                        id,
                        new TaskEvent.Announced(taskQueue, slots, "none", operations.offered()),
                        heartbeat,
                        Duration.ofSeconds(30),
                        Duration.ofMillis(500));
        TaskRunner runner =
                new TaskRunner(
                        operations,
                        new StoredFiles(faulty.apply(store)),
                        workspace,
                        1_000_000,
                        new Stages(telemetry));
        processor = new Processor(vertx, broker, worker, runner, telemetry);
        processor.start();
    }

    static OpenTelemetry untold() {
        return OpenTelemetry.noop();
    }

    static BrokerAddress broker(LocalServices services) {
        Map<String, String> settings = services.properties();
        return new BrokerAddress(
                "127.0.0.1",
                Integer.parseInt(settings.getOrDefault("amqp-port", "")),
                Optional.ofNullable(settings.get("amqp-username")),
                Optional.ofNullable(settings.get("amqp-password")));
    }

    /** A task on a small stored text. */
    TaskRun task(String operation) throws IOException {
        return task(operation, file("some text"), 60, null);
    }

    static TaskRun task(
            String operation, FileRef file, int timeoutSeconds, @Nullable String traceparent) {
        return new TaskRun(
                "task_" + UUID.randomUUID(),
                1,
                operation,
                Map.of(),
                file,
                timeoutSeconds,
                null,
                traceparent);
    }

    /** Where an execution works for as long as anything of it runs. */
    Path folderOf(String execution) {
        return workspaceRoot.resolve(id).resolve(execution);
    }

    FileRef file(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StoredContent stored = store.put(new ByteArrayInputStream(bytes), bytes.length);
        return new FileRef("a.txt", "text/plain", stored.size(), stored.sha256());
    }

    void whenIdle(Duration limit, Runnable action) {
        processor.whenIdle(limit, action);
    }

    boolean connected() {
        return processor.connected();
    }

    /** As SIGTERM does. */
    void stop() throws InterruptedException {
        stopped = true;
        processor.stop();
    }

    @Override
    public void close() throws Exception {
        gate.countDown();
        if (!stopped) {
            stop();
        }
        workspace.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }
}
