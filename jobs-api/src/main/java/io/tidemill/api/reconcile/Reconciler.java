package io.tidemill.api.reconcile;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.broker.EventLoop;
import io.tidemill.api.config.ApiConfig;
import io.tidemill.api.event.EventApplication;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.store.Applied;
import io.tidemill.api.store.ReconcileStore;
import io.tidemill.api.telemetry.LogContext;
import io.vertx.core.Context;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Goes through the open jobs, some at a time: recounts those whose counters are wrong, wakes
 * blocked tasks that nothing else would wake, ends what can end. It should never find anything, and
 * says so loudly when it does. Lost messages are sent again by the dispatcher.
 */
@ApplicationScoped
public class Reconciler {
    private static final Logger LOG = Logger.getLogger(Reconciler.class);
    private static final UUID FIRST = new UUID(0, 0);
    private static final int MOST = 100;

    // Counting them takes some tens of milliseconds.
    private static final int MOST_TASKS = 20_000;

    private final ReconcileStore store;
    private final EventApplication events;
    private final Context loop;
    private final long intervalMillis;
    private UUID last = FIRST;
    private boolean running;

    Reconciler(ReconcileStore store, EventApplication events, EventLoop loop, ApiConfig config) {
        this.store = store;
        this.events = events;
        this.loop = loop.context();
        this.intervalMillis = config.reconcile().interval().toMillis();
    }

    void start(@Observes StartupEvent event) {
        loop.owner().setPeriodic(intervalMillis, _ -> loop.runOnContext(_ -> tick()));
    }

    private void tick() {
        if (running) {
            return;
        }
        running = true;
        store.openJobs(last, MOST, MOST_TASKS)
                .call(this::mend)
                .subscribe()
                .with(jobs -> loop.runOnContext(_ -> done(jobs)), this::failed);
    }

    private Uni<Void> mend(List<UUID> jobs) {
        return jobs.isEmpty()
                ? Uni.createFrom().voidItem()
                : recount(jobs).chain(() -> wake(jobs)).replaceWithVoid();
    }

    private Uni<Void> recount(List<UUID> jobs) {
        return store.miscounted(jobs)
                .toMulti()
                .flatMap(ids -> Multi.createFrom().iterable(ids))
                .invoke(Reconciler::log)
                .onItem()
                .transformToUniAndConcatenate(store::recount)
                .invoke(events::tell)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static void log(UUID job) {
        try (LogContext _ = LogContext.ofJob(job)) {
            LOG.errorf("The counters of %s were wrong", TypeId.JOB.format(job));
        }
    }

    private Uni<Void> wake(List<UUID> jobs) {
        return store.stranded(jobs)
                .toMulti()
                .flatMap(stranded -> Multi.createFrom().iterable(stranded.entrySet()))
                .onItem()
                .transformToUniAndConcatenate(this::wake)
                .invoke(events::tell)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Applied> wake(Map.Entry<UUID, List<UUID>> stranded) {
        try (LogContext _ = LogContext.ofJob(stranded.getKey())) {
            LOG.errorf(
                    "%d file(s) of %s had only blocked tasks left",
                    stranded.getValue().size(), TypeId.JOB.format(stranded.getKey()));
        }
        return store.wake(stranded.getKey(), stranded.getValue());
    }

    private void done(List<UUID> jobs) {
        last = jobs.isEmpty() ? FIRST : jobs.getLast();
        running = false;
    }

    private void failed(Throwable failure) {
        LOG.warnf("Reconciling failed and will be tried again: %s", failure.getMessage());
        loop.runOnContext(_ -> running = false);
    }
}
