package io.tidemill.api.overload;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tidemill.api.config.ApiConfig;
import io.tidemill.api.store.LoadStore;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Counts the open tasks anew about once a second, and less often when counting is slow: it takes a
 * twentieth of one connection's time at most. One such count serves every submission until the
 * next.
 */
@ApplicationScoped
class LoadWatch {
    private static final Logger LOG = Logger.getLogger(LoadWatch.class);
    private static final int SHARE = 20;

    /** For how long after it should have been renewed a picture still counts. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Backlog backlog;
    private final LoadStore store;
    private final Vertx vertx;
    private final Duration interval;
    private long goodUntil = System.nanoTime();
    private Duration lastTook = Duration.ZERO;
    private boolean over;

    LoadWatch(Backlog backlog, LoadStore store, Vertx vertx, ApiConfig config) {
        this.backlog = backlog;
        this.store = store;
        this.vertx = vertx;
        this.interval = config.overload().interval();
    }

    void start(@Observes StartupEvent event) {
        vertx.getOrCreateContext().runOnContext(_ -> count());
    }

    void stop(@Observes ShutdownEvent event) {
        over = true;
    }

    private void count() {
        backlog.openTasks().countBegins();
        store.load().subscribe().with(this::counted, this::failed);
    }

    private void counted(LoadStore.Load load) {
        backlog.openTasks().counted(load.openTasks());
        Duration pause = pause(shorter(load.took(), lastTook), interval);
        lastTook = load.took();
        goodUntil = System.nanoTime() + pause.plus(GRACE).toNanos();
        again(pause);
    }

    /** One count that had to wait, for a lock perhaps, says nothing about the next. */
    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /** So long that counting is but a share of the time. */
    static Duration pause(Duration took, Duration interval) {
        Duration share = took.multipliedBy(SHARE - 1L);
        return share.compareTo(interval) > 0 ? share : interval;
    }

    private void failed(Throwable failure) {
        LOG.warnf(
                "Counting the open tasks failed and will be tried again: %s", failure.getMessage());
        if (System.nanoTime() - goodUntil > 0) {
            backlog.openTasks().forget();
        }
        again(interval);
    }

    private void again(Duration pause) {
        if (!over) {
            vertx.setTimer(Math.max(1, pause.toMillis()), _ -> count());
        }
    }
}
