package io.tidemill.processor.task;

import io.tidemill.broker.Link;
import io.tidemill.broker.Routing;
import io.tidemill.contract.Addresses;
import io.tidemill.contract.Stop;
import io.tidemill.processor.broker.MessageCodec;
import io.tidemill.processor.broker.MessageRefusedException;
import io.vertx.proton.ProtonConnection;
import io.vertx.proton.ProtonReceiver;
import org.apache.qpid.proton.message.Message;
import org.jboss.logging.Logger;

/**
 * Hears which executions no longer count. A stop order missed during an outage is harmless: the
 * next heartbeat of such an execution is answered by another.
 */
final class StopConsumer implements Link {
    private static final Logger LOG = Logger.getLogger(StopConsumer.class);
    private static final int PREFETCH = 100;

    private final MessageCodec codec;
    private final StopService stops;

    StopConsumer(MessageCodec codec, StopService stops) {
        this.codec = codec;
        this.stops = stops;
    }

    @Override
    public void opened(ProtonConnection connection) {
        ProtonReceiver receiver = Routing.MULTICAST.receiver(connection, Addresses.STOP);
        receiver.setPrefetch(PREFETCH).setAutoAccept(true);
        receiver.handler((_, message) -> stop(message));
        receiver.open();
    }

    @Override
    public void lost() {}

    private void stop(Message message) {
        try {
            Stop order = codec.stop(message);
            stops.stop(order.executions());
        } catch (MessageRefusedException e) {
            LOG.warnf("A stop order is ignored: %s", e.why());
        }
    }
}
