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
 * Hears which executions no longer count and ends them. A stop order missed during an outage is
 * harmless: the next heartbeat of such an execution is answered by another.
 */
final class StopConsumer implements Link {
    private static final Logger LOG = Logger.getLogger(StopConsumer.class);
    private static final int PREFETCH = 100;

    private final MessageCodec codec;
    private final Executions executions;

    StopConsumer(MessageCodec codec, Executions executions) {
        this.codec = codec;
        this.executions = executions;
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
            int stopped = executions.stop(order.executions());
            if (stopped > 0) {
                LOG.infof("Stopped %d execution(s) that no longer count", stopped);
            }
        } catch (MessageRefusedException e) {
            LOG.warnf("A stop order is ignored: %s", e.why());
        }
    }
}
