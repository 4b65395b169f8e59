package io.tidemill.processor.task;

import io.opentelemetry.api.OpenTelemetry;
import io.tidemill.broker.Broker;
import io.tidemill.broker.BrokerAddress;
import io.tidemill.processor.broker.EventOutbox;
import io.tidemill.processor.broker.MessageCodec;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import org.jboss.logging.Logger;

/** The engine room put together: everything between the broker and the operations. */
public final class Processor {
    private static final Logger LOG = Logger.getLogger(Processor.class);

    private static final Duration AFTER_DRAIN = Duration.ofSeconds(20);

    private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);

    private final Context loop;
    private final TaskConsumer tasks;
    private final Worker worker;
    private final Pulse pulse;
    private final Drain drain;
    private final Broker broker;

    public Processor(
            Vertx vertx,
            BrokerAddress address,
            Worker worker,
            TaskRunner runner,
            OpenTelemetry telemetry) {
        this.worker = worker;
        this.loop = vertx.getOrCreateContext();
        MessageCodec codec = new MessageCodec();
        Executions executions = new Executions();
        EventOutbox outbox = new EventOutbox(loop, worker.id(), codec);
        String taskQueue = worker.offer().taskQueue();
        int slots = worker.offer().slots();
        Observation observation = new Observation(telemetry, taskQueue, slots);
        BundleService bundles =
                new BundleService(codec, executions, outbox, new TimedAttempt(runner), observation);
        this.tasks =
                new TaskConsumer(
                        loop,
                        taskQueue,
                        slots,
                        arrival -> observation.inSlot(() -> bundles.workOff(arrival)));
        StopService stops = new StopService(executions, outbox);
        this.pulse = new Pulse(loop, worker, executions, outbox);
        this.drain = new Drain(tasks, executions, outbox);
        // Events first: whatever is unsent leaves before new work comes.
        this.broker =
                new Broker(
                        loop,
                        address,
                        worker.id(),
                        List.of(outbox, new StopConsumer(codec, stops), pulse, tasks));
    }

    /** Begins to work; returns at once, whether or not there is a broker yet. */
    public void start() {
        LOG.infof(
                "Worker %s takes %s with %d slot(s)",
                worker.id(), worker.offer().taskQueue(), worker.offer().slots());
        broker.start();
        pulse.start();
    }

    /** Whether the broker can be reached right now. */
    public boolean connected() {
        return broker.connected();
    }

    /**
     * Runs an action once, when no slot has had anything to do for so long. Time without a broker
     * does not count: nothing could come then.
     */
    public void whenIdle(Duration limit, Runnable action) {
        Duration tenth = limit.dividedBy(10);
        look(
                tenth.compareTo(LONGEST_LOOK) < 0 ? tenth : LONGEST_LOOK,
                timer -> {
                    if (tasks.idleFor().compareTo(limit) >= 0) {
                        loop.owner().cancelTimer(timer);
                        action.run();
                    }
                });
    }

    /** Says again and again how many slots are busy; must not block. */
    public void tellBusy(Duration interval, IntConsumer listener) {
        look(interval, _ -> listener.accept(tasks.busy()));
    }

    private void look(Duration interval, Handler<Long> what) {
        loop.runOnContext(_ -> loop.owner().setPeriodic(interval.toMillis(), what));
    }

    /** Drains and closes; blocks for the drain's grace period and some seconds at most. */
    public void stop() throws InterruptedException {
        pulse.leave();
        Thread draining = Thread.ofVirtual().name("drain").start(this::drain);
        // An outbox that is full because the broker is away must not hold up the end.
        if (!draining.join(worker.drain().plus(AFTER_DRAIN))) {
            draining.interrupt();
        }
        try {
            broker.close().get(2, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException _) {
            LOG.debug("The broker did not say goodbye");
        }
    }

    private void drain() {
        try {
            drain.run(worker.drain());
        } catch (InterruptedException _) {
            LOG.warn("Not everything could be given back; the leases will run out instead");
        }
    }
}
