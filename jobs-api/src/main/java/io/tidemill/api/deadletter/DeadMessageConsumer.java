package io.tidemill.api.deadletter;

import io.tidemill.api.broker.EventLoop;
import io.tidemill.api.event.EventApplication;
import io.tidemill.api.store.DeadLetterStore;
import io.tidemill.api.store.DeadLetterStore.DeadMessage;
import io.tidemill.broker.Link;
import io.tidemill.broker.Routing;
import io.vertx.core.Context;
import io.vertx.proton.ProtonConnection;
import io.vertx.proton.ProtonDelivery;
import io.vertx.proton.ProtonHelper;
import io.vertx.proton.ProtonReceiver;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.qpid.proton.message.Message;
import org.jboss.logging.Logger;

/**
 * Drains the broker's dead-letter and expiry queues into the database. Tasks that a given-up
 * message was to start are charged the attempt, for sending the same again would end the same way.
 */
@ApplicationScoped
public class DeadMessageConsumer implements Link {
    private static final Logger LOG = Logger.getLogger(DeadMessageConsumer.class);
    private static final String DEAD = "tidemill.dead";
    private static final String EXPIRED = "tidemill.expired";
    private static final int WINDOW = 10;
    private static final long PAUSE_MILLIS = 1_000;

    private final Context loop;
    private final DeadMessages messages;
    private final DeadLetterStore letters;
    private final EventApplication events;
    private final DeadMessageNews news;

    DeadMessageConsumer(
            EventLoop loop,
            DeadMessages messages,
            DeadLetterStore letters,
            EventApplication events,
            DeadMessageNews news) {
        this.loop = loop.context();
        this.messages = messages;
        this.letters = letters;
        this.events = events;
        this.news = news;
    }

    @Override
    public void opened(ProtonConnection connection) {
        listen(connection, DEAD, "UNDELIVERABLE");
        listen(connection, EXPIRED, "MESSAGE_EXPIRED");
    }

    /** What was not settled will be delivered again. */
    @Override
    public void lost() {}

    private void listen(ProtonConnection connection, String address, String code) {
        ProtonReceiver receiver = Routing.ANYCAST.receiver(connection, address);
        receiver.setPrefetch(WINDOW).setAutoAccept(false);
        receiver.handler((delivery, message) -> received(delivery, message, code));
        receiver.open();
    }

    private void received(ProtonDelivery delivery, Message message, String code) {
        DeadMessages.Read read = messages.read(message, code);
        letters.add(read.letter())
                .invoke(isNew -> tell(isNew, read.letter()))
                .chain(() -> events.applyReports(read.reports()))
                .subscribe()
                .with(
                        _ -> onLoop(() -> ProtonHelper.accepted(delivery, true)),
                        failure -> again(delivery, message, code, failure));
    }

    private void tell(boolean isNew, DeadMessage letter) {
        if (isNew) {
            news.tell(letter);
        }
    }

    /** The database is away; the queue keeps the rest meanwhile. */
    private void again(ProtonDelivery delivery, Message message, String code, Throwable failure) {
        LOG.warnf("A dead letter could not be kept yet: %s", failure.getMessage());
        loop.owner().setTimer(PAUSE_MILLIS, _ -> onLoop(() -> received(delivery, message, code)));
    }

    private void onLoop(Runnable action) {
        loop.runOnContext(_ -> action.run());
    }
}
