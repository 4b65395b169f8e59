package io.tidemill.broker;

import io.vertx.proton.ProtonConnection;
import io.vertx.proton.ProtonLink;
import io.vertx.proton.ProtonReceiver;
import io.vertx.proton.ProtonSender;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.jboss.logging.Logger;

/**
 * Who gets a message sent to an address. Told to the broker at attach by the capability names that
 * brokers share, so that an address made on first use gets the right kind.
 */
public enum Routing {
    /** One of the receivers. */
    ANYCAST("queue"),
    /** Every receiver. */
    MULTICAST("topic");

    private static final Logger LOG = Logger.getLogger(Routing.class);

    private final Symbol capability;

    Routing(String capability) {
        this.capability = Symbol.valueOf(capability);
    }

    /** A receiver, not yet open, without credit of its own and without automatic settling. */
    public ProtonReceiver receiver(ProtonConnection connection, String address) {
        ProtonReceiver receiver = connection.createReceiver(address);
        ((Source) receiver.getSource()).setCapabilities(capability);
        receiver.setPrefetch(0).setAutoAccept(false);
        receiver.closeHandler(_ -> closed(connection, address, receiver));
        receiver.detachHandler(_ -> closed(connection, address, receiver));
        return receiver;
    }

    /** A sender, not yet open. */
    public ProtonSender sender(ProtonConnection connection, String address) {
        ProtonSender sender = connection.createSender(address);
        ((Target) sender.getTarget()).setCapabilities(capability);
        sender.closeHandler(_ -> closed(connection, address, sender));
        sender.detachHandler(_ -> closed(connection, address, sender));
        return sender;
    }

    /** A link never ends alone: with the connection all links come back together. */
    private static void closed(ProtonConnection connection, String address, ProtonLink<?> link) {
        LOG.warnf("The broker ended the link to %s: %s", address, link.getRemoteCondition());
        connection.disconnect();
    }
}
