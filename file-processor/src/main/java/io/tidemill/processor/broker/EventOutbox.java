package io.tidemill.processor.broker;

import io.tidemill.broker.Link;
import io.tidemill.broker.Routing;
import io.tidemill.contract.Addresses;
import io.tidemill.contract.TaskEvent;
import io.vertx.core.Context;
import io.vertx.proton.ProtonConnection;
import io.vertx.proton.ProtonDelivery;
import io.vertx.proton.ProtonSender;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.message.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Carries every event to the broker, durably and many at a time. Events of one moment share a
 * message; a message whose outcome stays unknown, because the broker went away, is sent again. What
 * waits here is bounded: a publisher is held up when the broker takes nothing for long.
 *
 * <p>All state but the bound belongs to the event loop.
 */
public final class EventOutbox implements Link {
    private static final Logger LOG = Logger.getLogger(EventOutbox.class);
    private static final int MOST_WAITING_BYTES = 4 * 1024 * 1024;
    private static final int MOST_IN_FLIGHT = 64;
    private static final long LEAST_GATHER_MILLIS = 5;
    private static final long MOST_GATHER_MILLIS = 100;
    private static final long REFUSED_PAUSE_MILLIS = 500;
    private static final int MOST_FLEETING = 64;

    private final Context loop;
    private final String worker;
    private final MessageCodec codec;
    private final Semaphore room = new Semaphore(MOST_WAITING_BYTES, true);
    private final Deque<OutgoingEvent> waiting = new ArrayDeque<>();
    private final Deque<EventBatch> again = new ArrayDeque<>();
    private final Map<String, EventBatch> inFlight = new LinkedHashMap<>();
    private final Deque<Message> fleeting = new ArrayDeque<>();
    private @Nullable ProtonSender sender;
    private boolean gathering;
    private boolean urgent;
    private long lastGathered = System.nanoTime();

    public EventOutbox(Context loop, String worker, MessageCodec codec) {
        this.loop = loop;
        this.worker = worker;
        this.codec = codec;
    }

    /**
     * Hands events over, in order; blocks while the outbox is full, so never call it on an event
     * loop. They leave at once when nothing else is on its way.
     *
     * @param traceparent of the task they speak of, if there is one
     * @return completes when the broker has accepted them all; never fails
     */
    public CompletableFuture<@Nullable Void> publish(
            List<? extends TaskEvent> events, @Nullable String traceparent)
            throws InterruptedException {
        return publish(events, traceparent, true);
    }

    /** As {@link #publish}, but waits a few milliseconds for company. */
    public CompletableFuture<@Nullable Void> publishSoon(
            TaskEvent event, @Nullable String traceparent) throws InterruptedException {
        return publish(List.of(event), traceparent, false);
    }

    /**
     * Whether an event is small enough to travel.
     *
     * @throws IllegalArgumentException when it holds something that is not plain JSON
     */
    public boolean fits(TaskEvent event) {
        return codec.event(event).length <= EventBatch.MOST_BYTES;
    }

    /**
     * Sends something that the next of its kind makes up for: never repeated, and dropped while
     * there is no connection. Never blocks.
     */
    public void sendOnce(TaskEvent event) {
        loop.runOnContext(_ -> sendFleeting(event));
    }

    @Override
    public void opened(ProtonConnection connection) {
        ProtonSender fresh = Routing.ANYCAST.sender(connection, Addresses.EVENTS);
        fresh.sendQueueDrainHandler(_ -> flush());
        sender = fresh;
        fresh.open();
    }

    @Override
    public void lost() {
        sender = null;
        fleeting.clear();
        List<EventBatch> unknown = List.copyOf(inFlight.values());
        inFlight.clear();
        unknown.reversed().forEach(again::addFirst);
    }

    private CompletableFuture<@Nullable Void> publish(
            List<? extends TaskEvent> events, @Nullable String traceparent, boolean atOnce)
            throws InterruptedException {
        List<OutgoingEvent> outgoing = new ArrayList<>();
        int bytes = 0;
        for (TaskEvent event : events) {
            byte[] json = codec.event(event);
            bytes += json.length;
            outgoing.add(new OutgoingEvent(json, traceparent, new CompletableFuture<>()));
        }
        room.acquire(bytes);
        loop.runOnContext(_ -> add(outgoing, atOnce));
        return allOf(outgoing.stream());
    }

    private void add(List<OutgoingEvent> events, boolean atOnce) {
        waiting.addAll(events);
        urgent |= atOnce;
        if ((urgent && inFlight.isEmpty()) || waiting.size() >= EventBatch.MOST_EVENTS) {
            flush();
        } else if (!gathering) {
            gathering = true;
            loop.owner().setTimer(gatherMillis(), _ -> gathered());
        }
    }

    /** The more comes, the longer it is gathered. */
    private long gatherMillis() {
        long since = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastGathered);
        return Math.clamp(MOST_GATHER_MILLIS - since, LEAST_GATHER_MILLIS, MOST_GATHER_MILLIS);
    }

    private void gathered() {
        gathering = false;
        lastGathered = System.nanoTime();
        flush();
    }

    private void flush() {
        while (sender != null && !sender.sendQueueFull() && !fleeting.isEmpty()) {
            sender.send(fleeting.remove());
        }
        while (sender != null && canSend(sender) && (!again.isEmpty() || !waiting.isEmpty())) {
            send(sender, again.isEmpty() ? EventBatch.from(waiting) : again.remove());
        }
        urgent &= !waiting.isEmpty();
    }

    private boolean canSend(ProtonSender open) {
        return inFlight.size() < MOST_IN_FLIGHT && !open.sendQueueFull();
    }

    private void send(ProtonSender open, EventBatch batch) {
        inFlight.put(batch.id(), batch);
        open.send(batch.message(codec, worker), delivery -> settled(batch, delivery));
    }

    private void settled(EventBatch batch, ProtonDelivery delivery) {
        if (inFlight.remove(batch.id()) == null) {
            return;
        }
        if (delivery.getRemoteState() instanceof Accepted) {
            room.release(batch.bytes());
            batch.events().forEach(event -> event.accepted().complete(null));
            if ((urgent && inFlight.isEmpty()) || waiting.size() >= EventBatch.MOST_EVENTS) {
                flush();
            }
        } else {
            LOG.warnf("The broker did not take events: %s; sent again", delivery.getRemoteState());
            again.add(batch);
            loop.owner().setTimer(REFUSED_PAUSE_MILLIS, _ -> flush());
        }
    }

    private void sendFleeting(TaskEvent event) {
        if (sender != null && fleeting.size() < MOST_FLEETING) {
            OutgoingEvent only =
                    new OutgoingEvent(codec.event(event), null, new CompletableFuture<>());
            fleeting.add(EventBatch.of(only).message(codec, worker));
            flush();
        }
    }

    private static CompletableFuture<@Nullable Void> allOf(Stream<OutgoingEvent> events) {
        return CompletableFuture.allOf(
                        events.map(OutgoingEvent::accepted).toArray(CompletableFuture[]::new))
                .thenApply(_ -> null);
    }
}
