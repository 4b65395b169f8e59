package io.tidemill.processor.task;

import io.vertx.core.Context;
import io.vertx.proton.ProtonDelivery;
import java.util.function.BooleanSupplier;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.Rejected;
import org.apache.qpid.proton.amqp.messaging.Released;
import org.apache.qpid.proton.amqp.transport.DeliveryState;
import org.apache.qpid.proton.amqp.transport.ErrorCondition;
import org.apache.qpid.proton.message.Message;

/**
 * A message that waits to be settled. Settling is without effect once its connection is gone: the
 * broker then delivers it anew.
 *
 * @param current whether the connection it came on still lives
 */
record Arrival(Message message, ProtonDelivery delivery, Context loop, BooleanSupplier current) {
    private static final Symbol UNREADABLE = Symbol.valueOf("amqp:decode-error");

    /** Done with it; the broker may delete it. */
    void accept() {
        settle(Accepted.getInstance());
    }

    /** Back to the queue, for another worker. */
    void release() {
        settle(Released.getInstance());
    }

    /** To the dead-letter queue. */
    void reject(String why) {
        Rejected rejected = new Rejected();
        rejected.setError(new ErrorCondition(UNREADABLE, why));
        settle(rejected);
    }

    private void settle(DeliveryState outcome) {
        loop.runOnContext(
                _ -> {
                    if (current.getAsBoolean()) {
                        delivery.disposition(outcome, true);
                    }
                });
    }
}
