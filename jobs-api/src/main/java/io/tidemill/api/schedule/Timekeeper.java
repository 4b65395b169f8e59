package io.tidemill.api.schedule;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.broker.EventLoop;
import io.tidemill.api.config.ApiConfig;
import io.tidemill.api.event.EventApplication;
import io.tidemill.api.store.Applied;
import io.tidemill.api.store.TimerStore;
import io.tidemill.api.store.WishStore;
import io.vertx.core.Context;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Lets scheduled jobs begin, and ends those that are late or of which too many tasks failed. By the
 * database's clock; any replica may do it, whoever locks the job first does.
 */
@ApplicationScoped
public class Timekeeper {
    private static final Logger LOG = Logger.getLogger(Timekeeper.class);
    private static final int MOST = 100;

    private final TimerStore timers;
    private final WishStore wishes;
    private final EventApplication events;
    private final Context loop;
    private final long intervalMillis;
    private boolean running;

    Timekeeper(
            TimerStore timers,
            WishStore wishes,
            EventApplication events,
            EventLoop loop,
            ApiConfig config) {
        this.timers = timers;
        this.wishes = wishes;
        this.events = events;
        this.loop = loop.context();
        this.intervalMillis = config.job().clockInterval().toMillis();
    }

    void start(@Observes StartupEvent event) {
        loop.owner().setPeriodic(intervalMillis, _ -> loop.runOnContext(_ -> tick()));
    }

    private void tick() {
        if (running) {
            return;
        }
        running = true;
        each(timers.scheduleDue(MOST), wishes::begin)
                .chain(() -> each(timers.deadlinePassed(MOST), wishes::expire))
                .chain(() -> each(timers.overLimit(MOST), wishes::giveUp))
                .subscribe()
                .with(_ -> done(), this::failed);
    }

    private Uni<Void> each(Uni<List<UUID>> jobs, Function<UUID, Uni<? extends Applied>> action) {
        return jobs.toMulti()
                .flatMap(ids -> Multi.createFrom().iterable(ids))
                .onItem()
                .transformToUniAndConcatenate(action)
                .invoke(events::tell)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private void done() {
        loop.runOnContext(_ -> running = false);
    }

    private void failed(Throwable failure) {
        LOG.warnf("Looking at the clock failed and will be tried again: %s", failure.getMessage());
        done();
    }
}
