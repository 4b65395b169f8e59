package io.tidemill.api.change;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Wakes requests that wait for a job to change. Only a hint: what another replica changes goes
 * unnoticed here, so every waiter also looks for itself now and then. Holds no thread.
 */
@ApplicationScoped
public class JobChanges {
    private final ConcurrentMap<UUID, Set<Watch>> watches = new ConcurrentHashMap<>();
    private final ConcurrentMap<UUID, Set<Runnable>> followers = new ConcurrentHashMap<>();
    private final Set<Runnable> ownerFollowers = ConcurrentHashMap.newKeySet();
    private final List<Runnable> endListeners = new CopyOnWriteArrayList<>();

    /** These jobs look different now. */
    public void changed(Collection<UUID> jobs) {
        ownerFollowers.forEach(Runnable::run);
        for (UUID job : jobs) {
            watches.getOrDefault(job, Set.of()).forEach(Watch::wake);
            followers.getOrDefault(job, Set.of()).forEach(Runnable::run);
        }
    }

    /** These jobs have ended. */
    public void ended(Collection<UUID> jobs) {
        if (!jobs.isEmpty()) {
            endListeners.forEach(Runnable::run);
        }
    }

    /** Has something done whenever jobs have ended; it must be quick. */
    public void onEnd(Runnable listener) {
        endListeners.add(listener);
    }

    /** Begins to listen; the caller closes the watch. */
    public Watch watch(UUID job) {
        Watch watch = new Watch(job);
        watches.compute(
                job,
                (_, others) -> {
                    Set<Watch> all = others == null ? ConcurrentHashMap.newKeySet() : others;
                    all.add(watch);
                    return all;
                });
        return watch;
    }

    /**
     * Calls back, quickly and on any thread, whenever that job may have changed; spurious calls are
     * allowed. Close to end.
     */
    public Following follow(UUID job, Runnable onChange) {
        return add(followers.computeIfAbsent(job, _ -> ConcurrentHashMap.newKeySet()), onChange);
    }

    /** The same for any job of that owner. */
    public Following followOwner(String owner, Runnable onChange) {
        return add(ownerFollowers, onChange);
    }

    private static Following add(Set<Runnable> to, Runnable onChange) {
        Runnable own = onChange::run;
        to.add(own);
        return () -> to.remove(own);
    }

    /** To be closed when nobody follows any more. */
    public interface Following extends AutoCloseable {
        @Override
        void close();
    }

    /** Somebody listening for changes of one job. */
    public final class Watch implements AutoCloseable {
        private final UUID job;
        private final CompletableFuture<@Nullable Void> change = new CompletableFuture<>();

        private Watch(UUID job) {
            this.job = job;
        }

        /**
         * Completes when the job has changed since the watch began, or after that time, whichever
         * comes first.
         */
        public Uni<Void> awaitAtMost(Duration time) {
            return Uni.createFrom()
                    .completionStage(change)
                    .ifNoItem()
                    .after(time)
                    .recoverWithUni(Uni.createFrom().voidItem())
                    .replaceWithVoid();
        }

        private void wake() {
            change.complete(null);
        }

        @Override
        public void close() {
            watches.computeIfPresent(
                    job,
                    (_, all) -> {
                        all.remove(this);
                        return all.isEmpty() ? null : all;
                    });
        }
    }
}
