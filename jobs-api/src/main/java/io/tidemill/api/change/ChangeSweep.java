package io.tidemill.api.change;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.store.ChangeStore;
import io.tidemill.api.store.ChangeStore.Log;
import io.tidemill.api.store.ChangeStore.LogMark;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Looks once a second, for all who follow or poll on this replica together, which jobs have
 * changed. So a lost hint delays news by two seconds at most, and one who waits costs nothing of
 * its own.
 */
@ApplicationScoped
public class ChangeSweep {
    private static final Logger LOG = Logger.getLogger(ChangeSweep.class);
    private static final long INTERVAL_MILLIS = 1_000;
    private static final int PIECE = 2_000;

    private final JobChanges changes;
    private final JobMemory memory;
    private final ChangeStore store;
    private Map<String, LogMark> marks = Map.of();
    private boolean running;

    ChangeSweep(JobChanges changes, JobMemory memory, ChangeStore store) {
        this.changes = changes;
        this.memory = memory;
        this.store = store;
    }

    /** All of it happens on one event loop. */
    void start(@Observes StartupEvent event, Vertx vertx) {
        vertx.getOrCreateContext()
                .runOnContext(_ -> vertx.setPeriodic(INTERVAL_MILLIS, _ -> tick()));
    }

    private void tick() {
        if (running) {
            return;
        }
        running = true;
        sweepJobs().chain(this::sweepOwners).subscribe().with(_ -> running = false, this::failed);
    }

    private Uni<Void> sweepJobs() {
        return Multi.createFrom()
                .iterable(pieces())
                .onItem()
                .transformToUniAndConcatenate(this::sweep)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private List<List<UUID>> pieces() {
        Set<UUID> jobs = new LinkedHashSet<>(memory.remembered(System.nanoTime()));
        jobs.addAll(changes.jobs().keys());
        List<UUID> all = List.copyOf(jobs);
        List<List<UUID>> pieces = new ArrayList<>();
        for (int from = 0; from < all.size(); from += PIECE) {
            pieces.add(all.subList(from, Math.min(all.size(), from + PIECE)));
        }
        return pieces;
    }

    /** Memory first, so that whoever is woken does not find there what is no longer so. */
    private Uni<Void> sweep(List<UUID> jobs) {
        long began = System.nanoTime();
        return store.versions(jobs)
                .invoke(found -> memory.swept(jobs, found, began))
                .invoke(found -> jobs.forEach(job -> changes.jobs().found(job, found.get(job))))
                .replaceWithVoid();
    }

    private Uni<Void> sweepOwners() {
        Set<String> owners = Set.copyOf(changes.owners().keys());
        if (owners.isEmpty()) {
            marks = Map.of();
            return Uni.createFrom().voidItem();
        }
        return store.logs(owners, marks).invoke(this::looked).replaceWithVoid();
    }

    private void looked(Map<String, Log> logs) {
        Map<String, LogMark> fresh = new HashMap<>();
        logs.forEach(
                (owner, log) -> {
                    fresh.put(owner, log.mark());
                    if (log.grown()) {
                        changes.owners().wake(owner);
                    }
                });
        marks = fresh;
    }

    private void failed(Throwable failure) {
        running = false;
        LOG.warnf(
                "Looking for changed jobs failed and will be tried again: %s",
                failure.getMessage());
    }
}
