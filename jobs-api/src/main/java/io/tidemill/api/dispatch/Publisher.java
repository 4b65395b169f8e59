package io.tidemill.api.dispatch;

import io.tidemill.api.broker.EventLoop;
import io.tidemill.broker.Link;
import io.tidemill.broker.Routing;
import io.vertx.core.Context;
import io.vertx.proton.ProtonConnection;
import io.vertx.proton.ProtonDelivery;
import io.vertx.proton.ProtonSender;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.message.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages without waiting for each: many are in flight. A message without an outcome when
 * the connection breaks is sent again, under the same id, so that the broker drops it if it had it
 * already.
 */
@ApplicationScoped
public class Publisher implements Link {
    private static final Logger LOG = Logger.getLogger(Publisher.class);
    private static final String DUPLICATE_ID = "_AMQ_DUPL_ID";

    private final Map<String, Outgoing> unsettled = new LinkedHashMap<>();
    private final Map<String, ProtonSender> senders = new HashMap<>();
    private final Context loop;
    private volatile @Nullable ProtonConnection connection;

    Publisher(EventLoop loop) {
        this.loop = loop.context();
    }

    /** A message on its way. */
    record Outgoing(
            String id,
            String address,
            Routing routing,
            boolean durable,
            int priority,
            byte[] body) {}

    @Override
    public void opened(ProtonConnection fresh) {
        connection = fresh;
        List.copyOf(unsettled.values()).forEach(this::transmit);
    }

    @Override
    public void lost() {
        connection = null;
        senders.clear();
        unsettled.values().removeIf(message -> !message.durable());
    }

    /** Whether messages would leave now. May be asked from any thread. */
    boolean connected() {
        return connection != null;
    }

    /**
     * Sends it now or, when durable, as soon as there is a connection again. May be called from any
     * thread.
     */
    void send(Outgoing message) {
        loop.runOnContext(
                _ -> {
                    if (message.durable() || connection != null) {
                        unsettled.put(message.id(), message);
                        transmit(message);
                    }
                });
    }

    private void transmit(Outgoing message) {
        ProtonConnection open = connection;
        if (open != null) {
            sender(open, message).send(amqp(message), delivery -> settled(message, delivery));
        }
    }

    private ProtonSender sender(ProtonConnection open, Outgoing message) {
        return senders.computeIfAbsent(
                message.address(),
                address -> {
                    ProtonSender sender = message.routing().sender(open, address);
                    sender.setAutoDrained(true);
                    return sender.open();
                });
    }

    private void settled(Outgoing message, ProtonDelivery delivery) {
        unsettled.remove(message.id());
        if (message.durable() && !(delivery.getRemoteState() instanceof Accepted)) {
            LOG.warnf(
                    "The broker did not accept message %s (%s); it will be sent again",
                    message.id(), delivery.getRemoteState());
        }
    }

    private static Message amqp(Outgoing message) {
        Message amqp = Message.Factory.create();
        amqp.setMessageId(message.id());
        amqp.setContentType("application/json");
        amqp.setDurable(message.durable());
        amqp.setPriority((short) message.priority());
        if (message.durable()) {
            amqp.setApplicationProperties(
                    new ApplicationProperties(Map.of(DUPLICATE_ID, message.id())));
        }
        amqp.setBody(new Data(new Binary(message.body())));
        return amqp;
    }
}
