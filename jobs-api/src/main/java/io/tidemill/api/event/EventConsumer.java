package io.tidemill.api.event;

import io.opentelemetry.api.trace.Span;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.broker.EventLoop;
import io.tidemill.api.failpoint.Failpoint;
import io.tidemill.api.problem.Outage;
import io.tidemill.broker.Link;
import io.tidemill.broker.Routing;
import io.tidemill.contract.Addresses;
import io.tidemill.contract.TaskEvents;
import io.vertx.core.Context;
import io.vertx.proton.ProtonConnection;
import io.vertx.proton.ProtonDelivery;
import io.vertx.proton.ProtonHelper;
import io.vertx.proton.ProtonReceiver;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.qpid.proton.message.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes events from the broker, competing with the other replicas. While one batch is applied the
 * next gathers, so batches grow with the load and a lone event waits for nobody; but that tasks
 * were taken, which nobody sees, waits a moment for what comes of them, so that a short task is
 * written once. A message is settled when what it says is committed.
 */
@ApplicationScoped
public class EventConsumer implements Link {
    private static final Logger LOG = Logger.getLogger(EventConsumer.class);
    private static final int WINDOW = 400;
    private static final int MOST_EVENTS = 200;
    private static final int MOST_TRIES = 3;
    private static final long PAUSE_MILLIS = 1_000;
    private static final long TAKEN_MILLIS = 150;
    private static final long TAKEN_NANOS = TimeUnit.MILLISECONDS.toNanos(TAKEN_MILLIS);

    private final Context loop;
    private final EventCodec codec;
    private final EventApplication application;
    private final EventSpans spans;
    private final EventMeters meters;
    private final Deque<ReceivedEvents> waiting = new ArrayDeque<>();
    private final HeldTakings<ReceivedEvents> takings = new HeldTakings<>();
    private @Nullable ProtonReceiver receiver;
    private boolean applying;
    private boolean looksAtTakings;
    private int toApplyAlone;
    private int tries;

    EventConsumer(
            EventLoop loop,
            EventCodec codec,
            EventApplication application,
            EventSpans spans,
            EventMeters meters) {
        this.loop = loop.context();
        this.codec = codec;
        this.application = application;
        this.spans = spans;
        this.meters = meters;
    }

    @Override
    public void opened(ProtonConnection connection) {
        ProtonReceiver fresh = Routing.ANYCAST.receiver(connection, Addresses.EVENTS);
        fresh.handler((delivery, message) -> received(fresh, delivery, message));
        receiver = fresh;
        fresh.open();
        fresh.flow(WINDOW);
    }

    /** What was not settled will be delivered again, here or elsewhere. */
    @Override
    public void lost() {
        receiver = null;
        waiting.clear();
        takings.clear();
    }

    private void received(ProtonReceiver from, ProtonDelivery delivery, Message message) {
        Optional<TaskEvents> events = codec.read(message);
        if (events.isPresent()) {
            take(
                    new ReceivedEvents(
                            from, delivery, events.get(), spans.start(message), System.nanoTime()));
        } else {
            ProtonHelper.rejected(delivery, true);
            from.flow(1);
        }
    }

    private void take(ReceivedEvents message) {
        if (message.tellsOnlyOfTaking()) {
            takings.hold(message, message.events(), message.nanos());
            lookAtTakings();
        } else {
            waiting.add(message);
            applyIfIdle();
        }
    }

    private void lookAtTakings() {
        if (!looksAtTakings && !takings.isEmpty()) {
            looksAtTakings = true;
            long left = takings.oldestNanos() + TAKEN_NANOS - System.nanoTime();
            long millis = Math.clamp(TimeUnit.NANOSECONDS.toMillis(left) + 1, 1, TAKEN_MILLIS);
            loop.owner().setTimer(millis, _ -> onLoop(this::lookedAtTakings));
        }
    }

    private void lookedAtTakings() {
        looksAtTakings = false;
        applyIfIdle();
        lookAtTakings();
    }

    private void applyIfIdle() {
        if (applying) {
            return;
        }
        Batch batch = nextBatch();
        if (batch.messages.isEmpty()) {
            return;
        }
        applying = true;
        Uni.createFrom()
                .deferred(() -> application.apply(batch.events))
                .subscribe()
                .with(
                        _ -> onLoop(() -> applied(batch.messages)),
                        failure -> onLoop(() -> failed(batch.messages, failure)));
    }

    /** Messages, and what of them is to be applied. */
    private record Batch(List<ReceivedEvents> messages, List<TaskEvents> events) {
        Batch() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        void add(ReceivedEvents message, TaskEvents events) {
            messages.add(message);
            this.events.add(events);
        }
    }

    private Batch nextBatch() {
        List<ReceivedEvents> next = nextWaiting();
        Batch batch = new Batch();
        if (toApplyAlone == 0) {
            takings.overtakenBy(next.stream().map(ReceivedEvents::events).toList())
                    .forEach(due -> batch.add(due.message(), due.events()));
            takings.cameUntil(System.nanoTime() - TAKEN_NANOS)
                    .forEach(due -> batch.add(due.message(), due.events()));
        }
        next.forEach(message -> batch.add(message, message.events()));
        return batch;
    }

    private List<ReceivedEvents> nextWaiting() {
        List<ReceivedEvents> next = new ArrayList<>();
        int most = toApplyAlone > 0 ? 1 : MOST_EVENTS;
        int events = 0;
        while (!waiting.isEmpty() && events < most) {
            next.add(waiting.remove());
            events += next.getLast().events().events().size();
        }
        return next;
    }

    private void applied(List<ReceivedEvents> batch) {
        Failpoint.reached("events.applied");
        measure(batch);
        done(batch);
        for (ReceivedEvents message : batch) {
            message.spans().forEach(Span::end);
            if (message.from().equals(receiver)) {
                ProtonHelper.accepted(message.delivery(), true);
                message.from().flow(1);
            }
        }
        applyIfIdle();
    }

    private void measure(List<ReceivedEvents> batch) {
        int events = batch.stream().mapToInt(message -> message.events().events().size()).sum();
        meters.applied(events, batch.getFirst().nanos());
    }

    private void done(List<ReceivedEvents> batch) {
        applying = false;
        tries = 0;
        toApplyAlone = Math.max(0, toApplyAlone - batch.size());
    }

    /**
     * Nothing was committed: try again; the broker is not asked for more meanwhile. When the
     * database answers and still will not take a batch, its messages are applied one by one, so
     * that the one to blame shows and the others go on.
     */
    private void failed(List<ReceivedEvents> batch, Throwable failure) {
        boolean toBlame = !Outage.isDatabase(failure);
        if (toBlame && batch.size() == 1 && ++tries >= MOST_TRIES) {
            giveUp(batch, failure);
            return;
        }
        if (toBlame) {
            takings.release().reversed().forEach(waiting::addFirst);
        }
        if (toBlame && batch.size() > 1) {
            toApplyAlone = batch.size();
        }
        LOG.warnf("Events could not be applied and will be tried again: %s", failure.getMessage());
        loop.owner().setTimer(PAUSE_MILLIS, _ -> onLoop(() -> again(batch)));
    }

    private void again(List<ReceivedEvents> batch) {
        batch.reversed().stream()
                .filter(message -> message.from().equals(receiver))
                .forEach(waiting::addFirst);
        applying = false;
        applyIfIdle();
    }

    /** The broker keeps it among its dead letters. */
    private void giveUp(List<ReceivedEvents> batch, Throwable failure) {
        done(batch);
        for (ReceivedEvents message : batch) {
            LOG.errorf(failure, "Events of %s are given up", message.events().worker());
            message.spans().forEach(Span::end);
            if (message.from().equals(receiver)) {
                ProtonHelper.rejected(message.delivery(), true);
                message.from().flow(1);
            }
        }
        applyIfIdle();
    }

    private void onLoop(Runnable action) {
        loop.runOnContext(_ -> action.run());
    }
}
