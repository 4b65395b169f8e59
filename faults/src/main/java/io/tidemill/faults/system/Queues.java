package io.tidemill.faults.system;

import io.vertx.amqp.AmqpClient;
import io.vertx.amqp.AmqpClientOptions;
import io.vertx.amqp.AmqpConnection;
import io.vertx.amqp.AmqpMessage;
import io.vertx.amqp.AmqpSender;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** An AMQP client beside the services, which sends what it likes and turns messages aside. */
public final class Queues implements AutoCloseable {
    /** Marks what this client sent. */
    public static final String MARK = "tidemillFaults";

    private static final String MANAGEMENT = "activemq.management";
    private static final int SECONDS = 20;

    private final Vertx vertx = Vertx.vertx();
    private final AmqpConnection connection;
    private final AmqpSender sender;

    private Queues(Map<String, String> environment) throws Exception {
        AmqpClientOptions options =
                new AmqpClientOptions()
                        .setHost(environment.get("AMQP_HOST"))
                        .setPort(Integer.parseInt(environment.getOrDefault("AMQP_PORT", "")))
                        .setUsername(environment.get("AMQP_USERNAME"))
                        .setPassword(environment.get("AMQP_PASSWORD"));
        connection = await(AmqpClient.create(vertx, options).connect());
        sender = await(connection.createAnonymousSender());
    }

    /** Connects to the broker of these services. */
    public static Queues of(Map<String, String> environment) throws Exception {
        return new Queues(environment);
    }

    /** Sends a marked message; returns when the broker has stored it. */
    public void send(String address, Buffer body, JsonObject properties) throws Exception {
        JsonObject all =
                properties.copy().put("_AMQ_DUPL_ID", UUID.randomUUID().toString()).put(MARK, "1");
        await(
                sender.sendWithAck(
                        AmqpMessage.create()
                                .address(address)
                                .durable(true)
                                .id(all.getString("_AMQ_DUPL_ID"))
                                .contentType("application/json")
                                .applicationProperties(all)
                                .withBufferAsBody(body)
                                .build()));
    }

    /**
     * From now on all that others send to the address goes to another as well, or only there.
     *
     * @param only whether the address itself gets nothing of it
     */
    public void divert(String address, String aside, boolean only) throws Exception {
        JsonArray arguments =
                JsonArray.of(
                        name(address),
                        name(address),
                        address,
                        aside,
                        only,
                        MARK + " IS NULL",
                        null);
        manage("createDivert", arguments);
    }

    /** Ends it. */
    public void undivert(String address) throws Exception {
        manage("destroyDivert", JsonArray.of(name(address)));
    }

    private static String name(String address) {
        return "faults-" + address;
    }

    /** Artemis takes management calls over a link of their own only, not over an anonymous one. */
    private void manage(String operation, JsonArray arguments) throws Exception {
        AmqpSender manager = await(connection.createSender(MANAGEMENT));
        await(
                manager.sendWithAck(
                        AmqpMessage.create()
                                .applicationProperties(
                                        JsonObject.of(
                                                "_AMQ_ResourceName",
                                                "broker",
                                                "_AMQ_OperationName",
                                                operation))
                                .withBody(arguments.encode())
                                .build()));
        await(manager.close());
    }

    /** Calls for each message of the address, until this client is closed. */
    public void listen(String address, Consumer<AmqpMessage> handler) throws Exception {
        await(connection.createReceiver(address)).handler(handler::accept);
    }

    private static <T> T await(Future<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        await(vertx.close());
    }
}
