package io.tidemill.processor.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemill.broker.BrokerAddress;
import io.tidemill.contract.Addresses;
import io.tidemill.contract.RunTasks;
import io.tidemill.contract.Stop;
import io.tidemill.contract.TaskRun;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.proton.ProtonConnection;
import io.vertx.proton.ProtonDelivery;
import io.vertx.proton.ProtonReceiver;
import io.vertx.proton.ProtonSender;
import io.vertx.proton.ProtonServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.message.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The order of settlements, seen from the other end of the wire: an AMQP peer that answers when the
 * test says so.
 */
class SettlementIT {
    private record Sent(ProtonDelivery delivery, String body) {
        boolean has(String type) {
            return body.contains("\"type\":\"" + type + "\"");
        }
    }

    @TempDir Path folder;
    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<Sent> events = new LinkedBlockingQueue<>();
    private final CompletableFuture<ProtonSender> tasks = new CompletableFuture<>();
    private final CompletableFuture<ProtonSender> stops = new CompletableFuture<>();
    private final CompletableFuture<Context> loop = new CompletableFuture<>();
    private volatile boolean accepting;
    private ProtonServer server;

    @BeforeEach
    void listen() throws Exception {
        CompletableFuture<ProtonServer> listening = new CompletableFuture<>();
        ProtonServer.create(vertx)
                .connectHandler(this::serve)
                .listen(0, "127.0.0.1", result -> listening.complete(result.result()));
        server = listening.get();
    }

    @AfterEach
    void close() throws Exception {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void aBundleIsSettledOnlyAfterTakenIsAcceptedAndStartedOnlyThen() throws Exception {
        BrokerAddress address =
                new BrokerAddress(
                        "127.0.0.1", server.actualPort(), Optional.empty(), Optional.empty());
        try (Mill mill = new Mill(address, folder, "settle", 3)) {
            ProtonSender sender = tasks.get(Client.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertEquals(3, sender.getCredit());
            CompletableFuture<ProtonDelivery> settled = send(sender, mill.task("copy"));

            Sent taken = next("taken");
            assertFalse(taken.has("started"));
            assertFalse(settled.isDone());
            accept(taken);

            assertInstanceOf(
                    Accepted.class,
                    settled.get(Client.PATIENCE.toSeconds(), TimeUnit.SECONDS).getRemoteState());
            accept(next("started"));
            acceptTheRest();
        }
    }

    @Test
    void aStoppedExecutionIsNamedInHeartbeatsUntilTheBrokerKnows() throws Exception {
        BrokerAddress address =
                new BrokerAddress(
                        "127.0.0.1", server.actualPort(), Optional.empty(), Optional.empty());
        try (Mill mill = new Mill(address, folder, "settle", 1)) {
            ProtonSender sender = tasks.get(Client.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            send(sender, mill.task("wait"));
            Sent taken = next("taken");
            String execution = taken.body().replaceAll("(?s).*execution\":\"([^\"]+).*", "$1");
            accept(taken);
            accept(next("started"));
            send(stops.get(), new Stop(Stop.VERSION, List.of(execution)));
            Sent stopped = next("stopped");
            assertTrue(stopped.body().contains(execution));
            assertTrue(next("heartbeat").body().contains(execution));
            accept(stopped);
            send(sender, mill.task("wait"));
            accept(next("taken"));
            accept(next("started"));
            assertFalse(next("heartbeat").body().contains(execution));
            acceptTheRest();
        }
    }

    private CompletableFuture<ProtonDelivery> send(ProtonSender sender, TaskRun run)
            throws Exception {
        return send(sender, new RunTasks(RunTasks.VERSION, "bundle", List.of(run)));
    }

    private CompletableFuture<ProtonDelivery> send(ProtonSender sender, Record body)
            throws Exception {
        Message message = Proton.message();
        message.setBody(new Data(new Binary(new ObjectMapper().writeValueAsBytes(body))));
        CompletableFuture<ProtonDelivery> settled = new CompletableFuture<>();
        loop.join().runOnContext(_ -> sender.send(message, settled::complete));
        return settled;
    }

    /** The next message with an event of this type; heartbeats in between are accepted. */
    private Sent next(String type) throws InterruptedException {
        while (true) {
            Sent sent = events.poll(Client.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (sent == null) {
                throw new AssertionError("did not come: " + type);
            }
            if (sent.has(type)) {
                return sent;
            }
            accept(sent);
        }
    }

    /** A peer may be used on its own event loop only. */
    private void accept(Sent sent) {
        loop.join().runOnContext(_ -> sent.delivery().disposition(Accepted.getInstance(), true));
    }

    /** From now on as an ordinary broker. */
    private void acceptTheRest() {
        accepting = true;
        for (Sent sent = events.poll(); sent != null; sent = events.poll()) {
            accept(sent);
        }
    }

    private void heard(Sent sent) {
        if (accepting) {
            accept(sent);
        } else {
            events.add(sent);
        }
    }

    private void serve(ProtonConnection connection) {
        loop.complete(vertx.getOrCreateContext());
        connection.openHandler(_ -> connection.open());
        connection.closeHandler(_ -> connection.close());
        connection.sessionOpenHandler(session -> session.open());
        connection.receiverOpenHandler(this::receive);
        connection.senderOpenHandler(this::offer);
    }

    private void receive(ProtonReceiver receiver) {
        receiver.setTarget(receiver.getRemoteTarget()).setAutoAccept(false);
        receiver.handler((delivery, message) -> heard(new Sent(delivery, text(message))));
        receiver.open();
    }

    private void offer(ProtonSender sender) {
        sender.setSource(sender.getRemoteSource());
        if (sender.getRemoteSource().getAddress().equals(Addresses.tasks("settle"))) {
            sender.sendQueueDrainHandler(tasks::complete);
        }
        if (sender.getRemoteSource().getAddress().equals(Addresses.STOP)) {
            sender.sendQueueDrainHandler(stops::complete);
        }
        sender.open();
    }

    private static String text(Message message) {
        Binary body = ((Data) message.getBody()).getValue();
        return new String(
                body.getArray(), body.getArrayOffset(), body.getLength(), StandardCharsets.UTF_8);
    }
}
