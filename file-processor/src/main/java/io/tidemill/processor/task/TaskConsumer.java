package io.tidemill.processor.task;

import io.tidemill.broker.Link;
import io.tidemill.broker.Routing;
import io.tidemill.contract.Addresses;
import io.vertx.core.Context;
import io.vertx.proton.ProtonConnection;
import io.vertx.proton.ProtonDelivery;
import io.vertx.proton.ProtonReceiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.qpid.proton.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * Takes bundles from one task queue. It gives the broker exactly as much credit as slots are free,
 * so that what this worker cannot begin stays in the queue for others. Each bundle occupies a slot
 * and runs on a virtual thread of its own.
 *
 * <p>All state belongs to the event loop.
 */
final class TaskConsumer implements Link {
    private static final long GIVE_BACK_CREDIT_MILLIS = 1_000;

    private final Context loop;
    private final String taskQueue;
    private final int slots;
    private final Consumer<Arrival> work;
    private @Nullable ProtonReceiver receiver;
    private int busy;
    private int credit;
    private boolean taking = true;
    private long freeSince;
    private final List<CompletableFuture<@Nullable Void>> idleAwaited = new ArrayList<>();

    /**
     * @param slots bundles worked on at once
     * @param work blocks until a bundle is worked off
     */
    TaskConsumer(Context loop, String taskQueue, int slots, Consumer<Arrival> work) {
        this.loop = loop;
        this.taskQueue = taskQueue;
        this.slots = slots;
        this.work = work;
    }

    @Override
    public void opened(ProtonConnection connection) {
        if (!taking) {
            return;
        }
        ProtonReceiver fresh = Routing.ANYCAST.receiver(connection, Addresses.tasks(taskQueue));
        fresh.handler((delivery, message) -> arrived(fresh, delivery, message));
        receiver = fresh;
        freeSince = System.nanoTime();
        credit = 0;
        fresh.open();
        offerFreeSlots();
    }

    @Override
    public void lost() {
        receiver = null;
    }

    /** Takes nothing more; what is on its way already goes back to the queue. */
    CompletableFuture<@Nullable Void> stopTaking() {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        loop.runOnContext(
                _ -> {
                    taking = false;
                    if (receiver == null || credit == 0) {
                        done.complete(null);
                    } else {
                        receiver.drain(GIVE_BACK_CREDIT_MILLIS, _ -> done.complete(null));
                    }
                });
        return done;
    }

    /** Completes when no bundle is worked on. */
    CompletableFuture<@Nullable Void> idle() {
        CompletableFuture<@Nullable Void> idle = new CompletableFuture<>();
        loop.runOnContext(
                _ -> {
                    idleAwaited.add(idle);
                    tellIfIdle();
                });
        return idle;
    }

    /** How many bundles are worked on. */
    int busy() {
        return busy;
    }

    /** For how long the broker could have sent something and nothing was worked on. */
    Duration idleFor() {
        boolean waits = receiver != null && busy == 0;
        return waits ? Duration.ofNanos(System.nanoTime() - freeSince) : Duration.ZERO;
    }

    private void tellIfIdle() {
        if (busy == 0) {
            idleAwaited.forEach(waiting -> waiting.complete(null));
            idleAwaited.clear();
        }
    }

    private void arrived(ProtonReceiver from, ProtonDelivery delivery, Message message) {
        credit--;
        Arrival arrival = new Arrival(message, delivery, loop, () -> receiver == from);
        if (taking) {
            busy++;
            Thread.ofVirtual().name("bundle").start(() -> workOff(arrival));
        } else {
            arrival.release();
        }
    }

    private void workOff(Arrival arrival) {
        try {
            work.accept(arrival);
        } finally {
            loop.runOnContext(_ -> slotFreed());
        }
    }

    private void slotFreed() {
        busy--;
        freeSince = System.nanoTime();
        tellIfIdle();
        offerFreeSlots();
    }

    private void offerFreeSlots() {
        int more = slots - busy - credit;
        if (receiver != null && taking && more > 0) {
            receiver.flow(more);
            credit += more;
        }
    }
}
