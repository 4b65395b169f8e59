package io.tidemill.api.prune;

import io.quarkus.runtime.StartupEvent;
import io.tidemill.api.config.ApiConfig;
import io.tidemill.api.store.EventStore;
import io.tidemill.api.store.PruneStore;
import io.tidemill.api.store.WebhookDeliveryStore;
import io.tidemill.api.web.Blocking;
import io.tidemill.storage.FileStore;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Removes what nobody needs any more: bytes of deleted files, old idempotency keys, workers long
 * gone, the log of webhooks delivered long ago, old changes of jobs. Bytes have a grace period, and
 * whoever stores the same bytes again meanwhile keeps them.
 */
@ApplicationScoped
public class Pruner {
    private static final Logger LOG = Logger.getLogger(Pruner.class);
    private static final int BATCH = 500;
    private static final int EVENTS = 5_000;

    private final PruneStore store;
    private final WebhookDeliveryStore deliveries;
    private final EventStore events;
    private final FileStore storage;
    private final ApiConfig.Retention retention;
    private final Duration keepEvents;
    private final AtomicBoolean running = new AtomicBoolean();

    Pruner(
            PruneStore store,
            WebhookDeliveryStore deliveries,
            EventStore events,
            FileStore storage,
            ApiConfig config) {
        this.store = store;
        this.deliveries = deliveries;
        this.events = events;
        this.storage = storage;
        this.retention = config.retention();
        this.keepEvents = config.stream().keep();
    }

    void start(@Observes StartupEvent event, Vertx vertx) {
        vertx.setPeriodic(
                retention.interval().toMillis(),
                _ -> Thread.ofVirtual().name("pruner").start(this::tick));
    }

    private void tick() {
        if (!running.compareAndSet(false, true)) {
            return;
        }
        try {
            prune();
        } catch (IOException | RuntimeException e) {
            LOG.warnf("Pruning failed and will be tried again: %s", e.getMessage());
        } finally {
            running.set(false);
        }
    }

    /** One round; blocks. */
    void prune() throws IOException {
        Blocking.await(() -> store.forget(retention.idempotencyKeys()));
        Blocking.await(() -> deliveries.prune(retention.webhookDeliveries()));
        pruneEvents();
        Blocking.await(store::noteUnreferenced);
        List<String> gone = new ArrayList<>();
        for (String sha256 :
                Blocking.await(() -> store.takeDue(retention.unreferencedContent(), BATCH))) {
            if (storage.removeUnlessPutSince(sha256, Instant.now().minus(grace()))) {
                gone.add(sha256);
            }
        }
        if (!gone.isEmpty()) {
            Blocking.await(() -> store.pruned(gone));
            LOG.infof("Removed %d contents nobody referred to", gone.size());
        }
    }

    private void pruneEvents() {
        int gone = EVENTS;
        while (gone == EVENTS) {
            gone = Blocking.await(() -> events.prune(keepEvents, EVENTS));
        }
    }

    private Duration grace() {
        return retention.unreferencedContent();
    }
}
