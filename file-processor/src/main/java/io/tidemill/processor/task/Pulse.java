package io.tidemill.processor.task;

import io.tidemill.broker.Link;
import io.tidemill.contract.TaskEvent;
import io.tidemill.processor.broker.EventOutbox;
import io.vertx.core.Context;
import io.vertx.proton.ProtonConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells regularly that this worker lives: a heartbeat names all it holds and so renews the leases,
 * in between those whose progress has changed; an announcement says what it offers.
 */
final class Pulse implements Link {
    private static final long MILLIS_BETWEEN_NEWS = 1_000;

    /**
     * Changed executions told at a time: with activities at their longest they fit into one
     * message. The others wait for their turn, or for the heartbeat.
     */
    private static final int MOST_NEWS = 32;

    private final Context loop;
    private final Worker worker;
    private final Executions executions;
    private final EventOutbox outbox;
    private final int ticksOfABeat;
    private int tick;
    private boolean leaving;

    Pulse(Context loop, Worker worker, Executions executions, EventOutbox outbox) {
        this.loop = loop;
        this.worker = worker;
        this.executions = executions;
        this.outbox = outbox;
        this.ticksOfABeat = (int) Math.max(1, worker.heartbeat().toMillis() / MILLIS_BETWEEN_NEWS);
    }

    void start() {
        loop.runOnContext(_ -> every(worker.heartbeat().dividedBy(ticksOfABeat), this::tick));
        loop.runOnContext(_ -> every(worker.announce(), this::announce));
    }

    /**
     * Says that this worker offers nothing more; those who plan need not wait until it is missed.
     */
    void leave() {
        loop.runOnContext(
                _ -> {
                    leaving = true;
                    announce();
                });
    }

    @Override
    public void opened(ProtonConnection connection) {
        announce();
        heartbeat();
    }

    @Override
    public void lost() {}

    private void every(Duration period, Runnable action) {
        loop.owner().setPeriodic(period.toMillis(), _ -> action.run());
    }

    private void announce() {
        outbox.sendOnce(leaving ? worker.nothing() : worker.offer());
    }

    private void tick() {
        tick = (tick + 1) % ticksOfABeat;
        if (tick == 0) {
            heartbeat();
        } else {
            news();
        }
    }

    private void news() {
        List<TaskEvent.Pulse> pulses = new ArrayList<>();
        for (Execution execution : executions.held()) {
            if (pulses.size() < MOST_NEWS) {
                execution.news().ifPresent(pulses::add);
            }
        }
        send(pulses);
    }

    private void heartbeat() {
        List<TaskEvent.Pulse> pulses = new ArrayList<>();
        executions.held().forEach(execution -> pulses.add(execution.pulse()));
        send(pulses);
    }

    /** In as many messages as it takes: checkpoints make pulses large. */
    private void send(List<TaskEvent.Pulse> pulses) {
        TaskEvent beat = new TaskEvent.Heartbeat(pulses);
        if (pulses.size() > 1 && !outbox.fits(beat)) {
            int half = pulses.size() / 2;
            send(pulses.subList(0, half));
            send(pulses.subList(half, pulses.size()));
        } else if (!pulses.isEmpty()) {
            outbox.sendOnce(beat);
        }
    }
}
