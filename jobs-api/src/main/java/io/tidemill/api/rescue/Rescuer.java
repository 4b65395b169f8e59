package io.tidemill.api.rescue;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.broker.BrokerConnection;
import io.tidemill.api.broker.EventLoop;
import io.tidemill.api.config.ApiConfig;
import io.tidemill.api.event.EventApplication;
import io.tidemill.api.failpoint.Failpoint;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.lifecycle.TaskSignal;
import io.tidemill.api.store.TaskReport;
import io.tidemill.api.store.TaskReport.Details;
import io.tidemill.api.store.TimerStore;
import io.tidemill.api.telemetry.LogContext;
import io.tidemill.contract.FailureCode;
import io.vertx.core.Context;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Gives tasks of silent workers their next attempt, and queues tasks whose retry is due. It judges
 * nobody before it has itself been able to hear for a whole lease: after an outage of broker,
 * database or API the workers get the time to be heard.
 */
@ApplicationScoped
public class Rescuer {
    private static final Logger LOG = Logger.getLogger(Rescuer.class);
    private static final int MOST = 200;
    private static final Details LOST =
            Details.of(
                    FailureCode.WORKER_LOST.because(
                            "The processor that worked on this stopped sending heartbeats; the next attempt runs elsewhere."));

    private final TimerStore timers;
    private final EventApplication events;
    private final Hearing hearing;
    private boolean running;

    /** Tells since when this replica has been able to hear the workers. */
    @Singleton
    static class Hearing {
        private final BrokerConnection broker;
        private final Duration lease;
        final Context loop;
        final Duration interval;
        private long since = System.nanoTime();

        Hearing(BrokerConnection broker, ApiConfig config, EventLoop loop) {
            this.broker = broker;
            this.lease = config.lease().duration();
            this.interval = config.lease().interval();
            this.loop = loop.context();
        }

        void interrupted() {
            since = System.nanoTime();
        }

        boolean longEnough() {
            if (!broker.connected()) {
                interrupted();
            }
            return System.nanoTime() - since > lease.toNanos();
        }
    }

    Rescuer(TimerStore timers, EventApplication events, Hearing hearing) {
        this.timers = timers;
        this.events = events;
        this.hearing = hearing;
    }

    void start(@Observes StartupEvent event) {
        hearing.loop
                .owner()
                .setPeriodic(
                        hearing.interval.toMillis(), _ -> hearing.loop.runOnContext(_ -> tick()));
    }

    private void tick() {
        if (running) {
            return;
        }
        running = true;
        boolean mayJudge = hearing.longEnough();
        retry().chain(() -> mayJudge ? rescue() : Uni.createFrom().voidItem())
                .subscribe()
                .with(_ -> running = false, this::failed);
    }

    private void failed(Throwable failure) {
        running = false;
        hearing.interrupted();
        LOG.warnf(
                "Looking for stranded tasks failed and will be tried again: %s",
                failure.getMessage());
    }

    private Uni<Void> retry() {
        return timers.retryDue(MOST)
                .chain(due -> signal(due, id -> new TaskReport(id, new TaskSignal.RetryDue())));
    }

    private Uni<Void> rescue() {
        return timers.leaseEnded(MOST)
                .invoke(ids -> ids.forEach(Rescuer::log))
                .invoke(ids -> Failpoint.reached("rescue.before", ids))
                .chain(
                        ids ->
                                signal(
                                        ids,
                                        id ->
                                                new TaskReport(
                                                        id,
                                                        new TaskSignal.LeaseEnd(),
                                                        null,
                                                        LOST)));
    }

    private static void log(UUID task) {
        try (LogContext _ = LogContext.ofTask(task)) {
            LOG.infof("Task %s has lost its worker", TypeId.TASK.format(task));
        }
    }

    private Uni<Void> signal(List<UUID> ids, Function<UUID, TaskReport> report) {
        return events.applyReports(ids.stream().map(report).toList());
    }
}
