package io.tidemill.api.prune;

import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.tidemill.api.config.ApiConfig;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** The timer that removes what nobody needs any more. A chore that fails does not keep others. */
@ApplicationScoped
public class Pruner {
    private static final Logger LOG = Logger.getLogger(Pruner.class);

    private static final long FIRST_MILLIS = 10_000;

    private final List<Chore> chores;
    private final ApiConfig.Retention retention;
    private final AtomicBoolean running = new AtomicBoolean();

    Pruner(@All List<Chore> chores, ApiConfig config) {
        this.chores = chores;
        this.retention = config.retention();
    }

    void start(@Observes StartupEvent event, Vertx vertx) {
        vertx.setPeriodic(
                Math.min(FIRST_MILLIS, retention.interval().toMillis()),
                retention.interval().toMillis(),
                _ -> Thread.ofVirtual().name("pruner").start(this::tick));
    }

    private void tick() {
        if (!running.compareAndSet(false, true)) {
            return;
        }
        try {
            chores.forEach(Pruner::run);
        } finally {
            running.set(false);
        }
    }

    private static void run(Chore chore) {
        try {
            chore.run();
        } catch (IOException | RuntimeException e) {
            LOG.warnf("Pruning failed and will be tried again: %s", e.getMessage());
        }
    }
}
