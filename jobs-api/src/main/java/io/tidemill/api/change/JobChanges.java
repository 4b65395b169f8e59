package io.tidemill.api.change;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Wakes requests that wait for a job to change. Only a hint: what another replica changes goes
 * unnoticed here, so every waiter also looks for itself now and then. Holds no thread.
 */
@ApplicationScoped
public class JobChanges {
    private final ConcurrentMap<UUID, Set<Runnable>> waiting = new ConcurrentHashMap<>();

    /** These jobs look different now. */
    public void changed(Collection<UUID> jobs) {
        for (UUID job : jobs) {
            Set<Runnable> woken = waiting.remove(job);
            if (woken != null) {
                woken.forEach(Runnable::run);
            }
        }
    }

    /**
     * Completes when the job has changed, or after that time, whichever comes first. Begins to
     * listen when called.
     */
    public Uni<Void> next(UUID job, Duration most) {
        Waiter waiter = new Waiter();
        waiting.compute(
                job,
                (_, waiters) -> {
                    Set<Runnable> all = waiters == null ? ConcurrentHashMap.newKeySet() : waiters;
                    all.add(waiter);
                    return all;
                });
        return Uni.createFrom()
                .<Void>emitter(emitter -> waiter.onWake(() -> emitter.complete(null)))
                .ifNoItem()
                .after(most)
                .recoverWithUni(Uni.createFrom().voidItem())
                .onTermination()
                .invoke(() -> forget(job, waiter));
    }

    private void forget(UUID job, Runnable waiter) {
        waiting.computeIfPresent(
                job,
                (_, waiters) -> {
                    waiters.remove(waiter);
                    return waiters.isEmpty() ? null : waiters;
                });
    }

    /** Remembers a wake-up that came before anybody subscribed. */
    private static final class Waiter implements Runnable {
        private boolean woken;
        private Runnable action = () -> {};

        @Override
        public synchronized void run() {
            woken = true;
            action.run();
        }

        synchronized void onWake(Runnable next) {
            action = next;
            if (woken) {
                next.run();
            }
        }
    }
}
