package io.tidemill.processor.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemill.broker.Broker;
import io.tidemill.broker.BrokerAddress;
import io.tidemill.broker.Link;
import io.tidemill.broker.Routing;
import io.tidemill.contract.Addresses;
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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.message.Message;
import org.jspecify.annotations.Nullable;

/** Stands where jobs-api stands: sends bundles and stop orders, hears events. */
final class Client implements Link, AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A message as it was heard. */
    record Heard(TaskEvents envelope, Message message) {}

    private final ObjectMapper json = new ObjectMapper();
    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final Broker broker;
    private final List<Heard> heard = new ArrayList<>();
    private final List<String> deadLetters = new ArrayList<>();
    private final Map<String, ProtonSender> senders = new HashMap<>();
    private @Nullable ProtonConnection connection;

    Client(BrokerAddress address) {
        broker = new Broker(loop, address, "client-" + UUID.randomUUID(), List.of(this));
        broker.start();
        await("a connection", () -> connection);
    }

    @Override
    public void opened(ProtonConnection opened) {
        listen(opened, Addresses.EVENTS, this::event);
        listen(opened, "tidemill.dead", message -> deadLetters.add(text(message)));
        synchronized (this) {
            connection = opened;
            notifyAll();
        }
    }

    @Override
    public synchronized void lost() {
        connection = null;
        senders.clear();
    }

    /** Returns when the broker has accepted the bundle. */
    void send(String taskQueue, TaskRun... runs) throws Exception {
        RunTasks bundle =
                new RunTasks(RunTasks.VERSION, UUID.randomUUID().toString(), List.of(runs));
        send(Routing.ANYCAST, Addresses.tasks(taskQueue), json.writeValueAsBytes(bundle));
    }

    /** A bundle that must run alone. */
    void sendExclusive(String taskQueue, TaskRun... runs) throws Exception {
        String id = UUID.randomUUID().toString();
        RunTasks bundle = new RunTasks(RunTasks.VERSION, id, List.of(runs), true);
        send(Routing.ANYCAST, Addresses.tasks(taskQueue), json.writeValueAsBytes(bundle));
    }

    void sendRaw(String taskQueue, String body) throws Exception {
        send(Routing.ANYCAST, Addresses.tasks(taskQueue), body.getBytes(StandardCharsets.UTF_8));
    }

    void stop(String... executions) throws Exception {
        Stop stop = new Stop(Stop.VERSION, List.of(executions));
        send(Routing.MULTICAST, Addresses.STOP, json.writeValueAsBytes(stop));
    }

    /** Everything heard so far of one kind. */
    synchronized <T extends TaskEvent> List<T> all(Class<T> kind) {
        return events().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Everything heard so far of one kind about one task. */
    <T extends TaskEvent.OfExecution> List<T> all(Class<T> kind, String taskId) {
        return all(kind).stream().filter(event -> event.taskId().equals(taskId)).toList();
    }

    /** The first event of one kind about one task; waits for it. */
    <T extends TaskEvent.OfExecution> T await(Class<T> kind, String taskId) {
        return await(
                kind.getSimpleName() + " of " + taskId,
                () -> all(kind, taskId).stream().findFirst().orElse(null));
    }

    synchronized List<Heard> heard() {
        return List.copyOf(heard);
    }

    String awaitDeadLetter() {
        return await(
                "a dead letter", () -> deadLetters.isEmpty() ? null : deadLetters.removeFirst());
    }

    /** Looks again whenever something was heard. */
    synchronized <T> T await(String what, Supplier<@Nullable T> condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        T found = condition.get();
        while (found == null) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("did not come: " + what + "; heard " + events().toList());
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

    void awaitTrue(String what, Supplier<Boolean> condition) {
        await(what, () -> condition.get() ? true : null);
    }

    @Override
    public void close() throws Exception {
        broker.close().get();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    private Stream<TaskEvent> events() {
        return heard.stream().flatMap(message -> message.envelope().events().stream());
    }

    private void listen(
            ProtonConnection from, String address, java.util.function.Consumer<Message> hear) {
        ProtonReceiver receiver = Routing.ANYCAST.receiver(from, address);
        receiver.setPrefetch(100).setAutoAccept(true);
        receiver.handler(
                (_, message) -> {
                    synchronized (this) {
                        hear.accept(message);
                        notifyAll();
                    }
                });
        receiver.open();
    }

    private void event(Message message) {
        try {
            heard.add(new Heard(json.readValue(text(message), TaskEvents.class), message));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Message message) {
        Binary body = ((Data) message.getBody()).getValue();
        return new String(
                body.getArray(), body.getArrayOffset(), body.getLength(), StandardCharsets.UTF_8);
    }

    private void send(Routing routing, String address, byte[] body) throws Exception {
        String id = UUID.randomUUID().toString();
        Message message = Proton.message();
        message.setDurable(true);
        message.setMessageId(id);
        message.setApplicationProperties(new ApplicationProperties(Map.of("_AMQ_DUPL_ID", id)));
        message.setBody(new Data(new Binary(body)));
        CompletableFuture<@Nullable Void> accepted = new CompletableFuture<>();
        ProtonConnection open = await("a connection", () -> connection);
        loop.runOnContext(
                _ ->
                        sender(open, routing, address)
                                .send(
                                        message,
                                        delivery -> {
                                            if (delivery.getRemoteState() instanceof Accepted) {
                                                accepted.complete(null);
                                            } else {
                                                accepted.completeExceptionally(
                                                        new IOException(
                                                                "" + delivery.getRemoteState()));
                                            }
                                        }));
        accepted.get();
    }

    private synchronized ProtonSender sender(
            ProtonConnection open, Routing routing, String address) {
        return senders.computeIfAbsent(
                address,
                _ -> {
                    ProtonSender sender = routing.sender(open, address);
                    sender.open();
                    return sender;
                });
    }
}
