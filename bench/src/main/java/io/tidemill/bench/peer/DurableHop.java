package io.tidemill.bench.peer;

import io.vertx.amqp.AmqpClient;
import io.vertx.amqp.AmqpClientOptions;
import io.vertx.amqp.AmqpConnection;
import io.vertx.amqp.AmqpMessage;
import io.vertx.amqp.AmqpReceiver;
import io.vertx.amqp.AmqpReceiverOptions;
import io.vertx.amqp.AmqpSender;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The least there is between two programs: durable messages through a queue of the broker. */
public final class DurableHop implements AutoCloseable {
    private static final String ADDRESS = "tidemill.bench";
    private static final int PATIENCE_SECONDS = 30;

    private final Vertx vertx = Vertx.vertx();
    private final AmqpSender sender;

    /**
     * @param environment says where the broker is, as the services are told
     * @param arrived run for each message that has come
     */
    public DurableHop(Map<String, String> environment, Runnable arrived) throws Exception {
        AmqpClientOptions options =
                new AmqpClientOptions()
                        .setHost(environment.getOrDefault("AMQP_HOST", ""))
                        .setPort(Integer.parseInt(environment.getOrDefault("AMQP_PORT", "")))
                        .setUsername(environment.getOrDefault("AMQP_USERNAME", ""))
                        .setPassword(environment.getOrDefault("AMQP_PASSWORD", ""));
        AmqpConnection connection = await(AmqpClient.create(vertx, options).connect());
        AmqpReceiver receiver =
                await(
                        connection.createReceiver(
                                ADDRESS, new AmqpReceiverOptions().setMaxBufferedMessages(1_000)));
        receiver.handler(_ -> arrived.run());
        sender = await(connection.createSender(ADDRESS));
    }

    /** Kept when the broker has it on disk. */
    public Future<Void> send() {
        return sender.sendWithAck(AmqpMessage.create().durable(true).withBody("nothing").build());
    }

    /** Runs something on the thread that sends, where it need not wait for it. */
    void execute(Runnable action) {
        vertx.getOrCreateContext().runOnContext(_ -> action.run());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage()
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        await(vertx.close());
    }
}
