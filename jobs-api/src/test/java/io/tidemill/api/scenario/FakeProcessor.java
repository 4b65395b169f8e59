package io.tidemill.api.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemill.broker.Broker;
import io.tidemill.broker.BrokerAddress;
import io.tidemill.broker.Link;
import io.tidemill.broker.Routing;
import io.tidemill.contract.Addresses;
import io.tidemill.contract.Failure;
import io.tidemill.contract.FileRef;
import io.tidemill.contract.RunTasks;
import io.tidemill.contract.Stop;
import io.tidemill.contract.TaskEvent;
import io.tidemill.contract.TaskEvents;
import io.tidemill.contract.TaskRun;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.proton.ProtonConnection;
import io.vertx.proton.ProtonReceiver;
import io.vertx.proton.ProtonSender;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.message.Message;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * Stands where file-processor stands and speaks its real protocol, but does only what a test tells
 * it. Everything it holds is named in heartbeats until the test lets it fall silent.
 */
final class FakeProcessor implements Link, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long HEARTBEAT_MILLIS = 500;

    /** A bundle as it arrived. */
    record Bundle(Message message, RunTasks content) {}

    final String worker = "fake-" + UUID.randomUUID();
    private final ObjectMapper json = new ObjectMapper();
    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final Broker broker;
    private final List<Bundle> bundles = new ArrayList<>();
    private final List<TaskRun> runs = new ArrayList<>();
    private final List<String> stopped = new ArrayList<>();
    private final Map<String, Execution> held = new LinkedHashMap<>();
    private @Nullable ProtonSender sender;
    private @Nullable ProtonSender deadLetters;

    FakeProcessor() {
        broker = new Broker(loop, address(), worker, List.of(this));
        broker.start();
        await("a connection", () -> sender);
        vertx.setPeriodic(HEARTBEAT_MILLIS, _ -> beat());
    }

    /** Where the broker under test is. */
    static BrokerAddress address() {
        var config = ConfigProvider.getConfig();
        return new BrokerAddress(
                config.getValue("amqp-host", String.class),
                config.getValue("amqp-port", Integer.class),
                config.getOptionalValue("amqp-username", String.class),
                config.getOptionalValue("amqp-password", String.class));
    }

    @Override
    public void opened(ProtonConnection connection) {
        listen(connection, Routing.ANYCAST, Addresses.tasks("standard"), this::bundle);
        listen(connection, Routing.MULTICAST, Addresses.STOP, this::stop);
        deadLetters = Routing.ANYCAST.sender(connection, "tidemill.dead").open();
        ProtonSender fresh = Routing.ANYCAST.sender(connection, Addresses.EVENTS);
        fresh.openHandler(
                _ -> {
                    synchronized (this) {
                        sender = fresh;
                        notifyAll();
                    }
                });
        fresh.open();
    }

    @Override
    public synchronized void lost() {
        sender = null;
    }

    private void listen(
            ProtonConnection from, Routing routing, String address, Consumer<Message> hear) {
        ProtonReceiver receiver = routing.receiver(from, address);
        receiver.setPrefetch(1_000).setAutoAccept(true);
        receiver.handler(
                (_, message) -> {
                    synchronized (this) {
                        hear.accept(message);
                        notifyAll();
                    }
                });
        receiver.open();
    }

    private void bundle(Message message) {
        RunTasks content = read(message, RunTasks.class);
        bundles.add(new Bundle(message, content));
        runs.addAll(content.tasks());
    }

    private void stop(Message message) {
        stopped.addAll(read(message, Stop.class).executions());
    }

    /** The next attempt on a file of that name; each is given out once. */
    TaskRun run(String inputName) {
        return run(inputName, 1);
    }

    /** The next message that asks for this attempt on a file of that name. */
    TaskRun run(String inputName, int attempt) {
        return await(
                "attempt " + attempt + " at " + inputName,
                () ->
                        runs.stream()
                                .filter(run -> run.input().name().equals(inputName))
                                .filter(run -> run.attempt() == attempt)
                                .findFirst()
                                .map(
                                        run -> {
                                            runs.remove(run);
                                            return run;
                                        })
                                .orElse(null));
    }

    /** The next message for that task whose attempt nobody has reported on. */
    TaskRun runOf(String taskId) {
        return await(
                "an attempt at " + taskId,
                () ->
                        runs.stream()
                                .filter(run -> run.taskId().equals(taskId))
                                .findFirst()
                                .map(
                                        run -> {
                                            runs.removeIf(run::equals);
                                            return run;
                                        })
                                .orElse(null));
    }

    /** Any attempt on a file whose name ends like that, if there is one; each is given out once. */
    synchronized @Nullable TaskRun any(String nameEnd) {
        TaskRun found =
                runs.stream()
                        .filter(run -> run.input().name().endsWith(nameEnd))
                        .findFirst()
                        .orElse(null);
        runs.remove(found);
        return found;
    }

    /** Has the broker's dead-letter queue hold the message that brought a bundle. */
    void sendToDead(Bundle bundle) {
        ProtonSender dead = deadLetters;
        if (dead == null) {
            throw new AssertionError("no connection");
        }
        CompletableFuture<@Nullable Void> accepted = new CompletableFuture<>();
        byte[] body = text(bundle.message()).getBytes(StandardCharsets.UTF_8);
        loop.runOnContext(_ -> dead.send(message(body), _ -> accepted.complete(null)));
        accepted.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** The bundle that brought this task. */
    synchronized Bundle bundleOf(TaskRun run) {
        return bundles.stream()
                .filter(bundle -> bundle.content().tasks().contains(run))
                .findFirst()
                .orElseThrow();
    }

    synchronized Bundle lastBundle() {
        return bundles.getLast();
    }

    synchronized List<Bundle> bundles() {
        return List.copyOf(bundles);
    }

    Execution take(TaskRun run) {
        Execution execution = hold(run);
        publish(execution.taken());
        return execution;
    }

    /** Takes a task and begins with it. */
    Execution start(TaskRun run) {
        Execution execution = take(run);
        publish(execution.started());
        return execution;
    }

    /** Holds a task without a word, but for the heartbeats. */
    synchronized Execution hold(TaskRun run) {
        Execution execution = new Execution(run, UUID.randomUUID().toString());
        held.put(execution.id(), execution);
        return execution;
    }

    /** Succeeds and says how long that took. */
    void succeedAfter(Execution execution, long durationMillis) {
        end(execution, execution.succeededAfter(durationMillis));
    }

    void succeed(Execution execution, FileRef... outputs) {
        end(execution, execution.succeeded(Map.of("answer", 42), outputs));
    }

    void fail(Execution execution, Failure failure) {
        end(execution, execution.failed(failure));
    }

    void release(Execution execution, @Nullable String checkpoint) {
        end(execution, execution.released(checkpoint));
    }

    void progress(Execution execution, int percent, String activity, @Nullable String checkpoint) {
        publish(new TaskEvent.Heartbeat(List.of(execution.pulse(percent, activity, checkpoint))));
    }

    /** As it does when it was told to stop and nothing of it runs any more. */
    void stopped(Execution execution) {
        end(execution, execution.stopped());
    }

    private void end(Execution execution, TaskEvent event) {
        fallSilent(execution);
        publish(event);
    }

    /** No heartbeat names it any more, as if its worker were dead. */
    synchronized void fallSilent(Execution execution) {
        held.remove(execution.id());
    }

    /** Returns when the broker has accepted them, in one message. */
    void publish(TaskEvent... events) {
        publishRaw(bytes(new TaskEvents(TaskEvents.VERSION, worker, List.of(events))));
    }

    void publishRaw(String body) {
        publishRaw(body.getBytes(StandardCharsets.UTF_8));
    }

    void publishRaw(byte[] body) {
        CompletableFuture<@Nullable Void> accepted = new CompletableFuture<>();
        ProtonSender open = await("a connection", () -> sender);
        loop.runOnContext(_ -> open.send(message(body), _ -> accepted.complete(null)));
        accepted.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private static Message message(byte[] body) {
        Message message = Proton.message();
        message.setDurable(true);
        message.setMessageId(UUID.randomUUID().toString());
        message.setBody(new Data(new Binary(body)));
        return message;
    }

    /**
     * Returns when everything published before has been applied: an execution nobody knows is told
     * to stop, and events are applied in their order.
     */
    void awaitApplied() {
        String unknown = UUID.randomUUID().toString();
        publish(new TaskEvent.Taken("task_00000000000000000000000000", 1, unknown));
        awaitStop(unknown);
    }

    synchronized void forgetRuns() {
        runs.clear();
    }

    synchronized void forgetStops() {
        stopped.clear();
    }

    void awaitStop(String execution) {
        await("a stop for " + execution, () -> stopped.contains(execution) ? true : null);
    }

    /** Looks again whenever something was heard. */
    synchronized <T> T await(String what, Supplier<@Nullable T> condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        T found = condition.get();
        while (found == null) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("did not come: " + what + "; heard " + runs);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            found = condition.get();
        }
        return found;
    }

    private synchronized void beat() {
        ProtonSender open = sender;
        if (open == null || held.isEmpty()) {
            return;
        }
        List<TaskEvent.Pulse> pulses =
                held.values().stream().map(execution -> execution.pulse(null, null, null)).toList();
        TaskEvents beat =
                new TaskEvents(
                        TaskEvents.VERSION, worker, List.of(new TaskEvent.Heartbeat(pulses)));
        loop.runOnContext(_ -> open.send(message(bytes(beat))));
    }

    private byte[] bytes(Object content) {
        try {
            return json.writeValueAsBytes(content);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private <T> T read(Message message, Class<T> type) {
        try {
            return json.readValue(text(message), type);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    static String text(Message message) {
        Binary body = ((Data) message.getBody()).getValue();
        return new String(
                body.getArray(), body.getArrayOffset(), body.getLength(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        broker.close().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
