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
 * an announcement says what it offers.
 */
final class Pulse implements Link {
    private final Context loop;
    private final Worker worker;
    private final Executions executions;
    private final EventOutbox outbox;
    private boolean leaving;

    Pulse(Context loop, Worker worker, Executions executions, EventOutbox outbox) {
        this.loop = loop;
        this.worker = worker;
        this.executions = executions;
        this.outbox = outbox;
    }

    void start() {
        loop.runOnContext(_ -> every(worker.heartbeat(), this::heartbeat));
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
