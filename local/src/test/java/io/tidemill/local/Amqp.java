package io.tidemill.local;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.vertx.amqp.AmqpClient;
import io.vertx.amqp.AmqpClientOptions;
import io.vertx.amqp.AmqpConnection;
import io.vertx.amqp.AmqpMessage;
import io.vertx.amqp.AmqpReceiver;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A plain AMQP 1.0 client, with sends that wait for the broker's word. */
final class Amqp implements AutoCloseable {
    private static final int SECONDS = 20;

    private final Vertx vertx;
    private final AmqpConnection connection;

    private Amqp(Vertx vertx, AmqpConnection connection) {
        this.vertx = vertx;
        this.connection = connection;
    }

    static Amqp connect(Map<String, String> environment) throws Exception {
        Vertx vertx = Vertx.vertx();
        AmqpClientOptions options =
                new AmqpClientOptions()
                        .setHost(environment.get("AMQP_HOST"))
                        .setPort(Integer.parseInt(environment.getOrDefault("AMQP_PORT", "")))
                        .setUsername(environment.get("AMQP_USERNAME"))
                        .setPassword(environment.get("AMQP_PASSWORD"));
        try {
            return new Amqp(vertx, await(AmqpClient.create(vertx, options).connect()));
        } catch (Exception e) {
            await(vertx.close());
            throw e;
        }
    }

    /** Sends over an anonymous link, as the services do; returns when the broker has stored it. */
    void send(String address, String duplicateId, String body) throws Exception {
        AmqpMessage message =
                AmqpMessage.create()
                        .address(address)
                        .durable(true)
                        .applicationProperties(JsonObject.of("_AMQ_DUPL_ID", duplicateId))
                        .withBody(body)
                        .build();
        await(connection.createAnonymousSender().flatMap(sender -> sender.sendWithAck(message)));
    }

    List<String> receive(String address, int count) throws Exception {
        Inbox inbox = listen(address);
        return Stream.generate(inbox::next).limit(count).toList();
    }

    Inbox listen(String address) throws Exception {
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        AmqpReceiver receiver = await(connection.createReceiver(address));
        receiver.handler(message -> received.add(message.bodyAsString()));
        return new Inbox(received);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** What has arrived and was not looked at yet. */
    record Inbox(BlockingQueue<String> received) {
        String next() {
            try {
                String body = received.poll(SECONDS, TimeUnit.SECONDS);
                assertNotNull(body, "no message arrived within " + SECONDS + " s");
                return body;
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
