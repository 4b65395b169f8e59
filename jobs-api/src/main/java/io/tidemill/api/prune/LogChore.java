package io.tidemill.api.prune;

import io.tidemill.api.config.ApiConfig;
import io.tidemill.api.store.EventStore;
import io.tidemill.api.store.PruneStore;
import io.tidemill.api.store.WebhookDeliveryStore;
import io.tidemill.api.web.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Removes old idempotency keys, workers long gone, the log of webhooks delivered long ago, and old
 * changes of jobs.
 */
@ApplicationScoped
class LogChore implements Chore {
    private static final int EVENTS = 5_000;

    private final PruneStore store;
    private final WebhookDeliveryStore deliveries;
    private final EventStore events;
    private final ApiConfig.Retention retention;
    private final Duration keepEvents;

    LogChore(
            PruneStore store,
            WebhookDeliveryStore deliveries,
            EventStore events,
            ApiConfig config) {
        this.store = store;
        this.deliveries = deliveries;
        this.events = events;
        this.retention = config.retention();
        this.keepEvents = config.stream().keep();
    }

    @Override
    public void run() {
        Blocking.await(() -> store.forget(retention.idempotencyKeys()));
        Blocking.await(() -> deliveries.prune(retention.webhookDeliveries()));
        int gone = EVENTS;
        while (gone == EVENTS) {
            gone = Blocking.await(() -> events.prune(keepEvents, EVENTS));
        }
    }
}
