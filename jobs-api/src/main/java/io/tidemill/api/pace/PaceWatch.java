package io.tidemill.api.pace;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.config.ApiConfig;
import io.tidemill.api.estimate.Durations;
import io.tidemill.api.store.CostStore;
import io.tidemill.api.store.OperationCosts;
import io.tidemill.api.store.WorkerStore;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Every few seconds, tells the database what tasks were measured to take on this replica, and looks
 * up what operations cost by all replicas' account and how many slots there are. What was not told
 * when a replica dies is lost, which does no harm.
 */
@ApplicationScoped
class PaceWatch {
    private static final Logger LOG = Logger.getLogger(PaceWatch.class);

    private final OperationCosts costs;
    private final CostStore store;
    private final WorkerStore workers;
    private final LiveSlots slots;
    private final long intervalMillis;
    private boolean running;

    PaceWatch(
            OperationCosts costs,
            CostStore store,
            WorkerStore workers,
            LiveSlots slots,
            ApiConfig config) {
        this.costs = costs;
        this.store = store;
        this.workers = workers;
        this.slots = slots;
        this.intervalMillis = config.estimate().interval().toMillis();
    }

    /** All on one event loop, so that it needs no locks. */
    void start(@Observes StartupEvent event, Vertx vertx) {
        vertx.getOrCreateContext()
                .runOnContext(
                        _ -> {
                            vertx.setPeriodic(intervalMillis, _ -> tick());
                            tick();
                        });
    }

    private void tick() {
        if (running) {
            return;
        }
        running = true;
        tell().chain(store::all)
                .invoke(costs::know)
                .chain(workers::liveSlots)
                .invoke(slots::know)
                .subscribe()
                .with(_ -> running = false, this::failed);
    }

    private Uni<Void> tell() {
        Map<String, Durations> measured = costs.take();
        return store.add(measured).onFailure().invoke(() -> costs.giveBack(measured));
    }

    private void failed(Throwable failure) {
        LOG.warnf(
                "Keeping what operations cost failed and will be tried again: %s",
                failure.getMessage());
        running = false;
    }
}
