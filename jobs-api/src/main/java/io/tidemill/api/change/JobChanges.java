package io.tidemill.api.change;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.broker.EventLoop;
import io.tidemill.api.store.JobVersion;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets those who wait for a job know that it may have changed. Changes made here are told at once,
 * those of other replicas when their hint comes, or, when it gets lost, by the {@link ChangeSweep}
 * within two seconds. What a job looks like now is for the caller to read. Holds no thread.
 */
@ApplicationScoped
public class JobChanges {
    /** Those who follow an owner hear of it when anything changes, but not more often than this. */
    private static final long OWNER_PAUSE_MILLIS = 50;

    private final Followers<UUID> jobs = new Followers<>();
    private final Followers<String> owners = new Followers<>();
    private final List<Runnable> endListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<Collection<UUID>>> changeListeners = new CopyOnWriteArrayList<>();
    private final JobMemory memory;
    private final Paced ownerWakes;

    JobChanges(JobMemory memory, EventLoop loop) {
        this.memory = memory;
        this.ownerWakes = new Paced(loop.context(), OWNER_PAUSE_MILLIS, owners::wakeAll);
    }

    /** What a follower holds while it follows. */
    public interface Following extends AutoCloseable {
        @Override
        void close();
    }

    /** These jobs look different now, or are new or deleted; to be called after the commit. */
    public void changed(Collection<UUID> changed) {
        if (!changed.isEmpty()) {
            noticed(changed);
            changeListeners.forEach(listener -> listener.accept(changed));
        }
    }

    /** Another replica says so. */
    void heard(Collection<UUID> changed) {
        noticed(changed);
    }

    private void noticed(Collection<UUID> changed) {
        memory.doubt(changed, System.nanoTime());
        changed.forEach(jobs::wake);
        if (!owners.isEmpty()) {
            ownerWakes.ask();
        }
    }

    /** Has something done with the jobs that this replica changes; it must be quick. */
    void onChange(Consumer<Collection<UUID>> listener) {
        changeListeners.add(listener);
    }

    /** These jobs have ended. */
    public void ended(Collection<UUID> ended) {
        if (!ended.isEmpty()) {
            endListeners.forEach(Runnable::run);
        }
    }

    /** Has something done whenever jobs have ended; it must be quick. */
    public void onEnd(Runnable listener) {
        endListeners.add(listener);
    }

    /**
     * Calls back, quickly and on any thread, whenever that job may have changed; spurious calls are
     * allowed; within 2 s of any committed change, here or on another replica. Close to end.
     */
    public Following follow(UUID job, Runnable onChange) {
        return jobs.add(job, onChange);
    }

    /** The same for any job of that owner. */
    public Following followOwner(String owner, Runnable onChange) {
        return owners.add(owner, onChange);
    }

    /** Begins to listen; the caller closes the watch. */
    public Watch watch(UUID job) {
        return new Watch(job);
    }

    Followers<UUID> jobs() {
        return jobs;
    }

    Followers<String> owners() {
        return owners;
    }

    /** Somebody listening for the next change of one job. */
    public final class Watch implements AutoCloseable {
        private final CompletableFuture<@Nullable Void> change = new CompletableFuture<>();
        private final Followers<UUID>.Follower follower;

        private Watch(UUID job) {
            follower = jobs.add(job, () -> change.complete(null));
        }

        /** The job was seen in that version, which is no news any more. */
        public void saw(JobVersion version) {
            follower.saw(version);
        }

        /**
         * Completes when the job may have changed since the watch began, or after that time,
         * whichever comes first.
         */
        public Uni<Void> awaitAtMost(Duration time) {
            return Uni.createFrom()
                    .completionStage(change)
                    .ifNoItem()
                    .after(time)
                    .recoverWithUni(Uni.createFrom().voidItem())
                    .replaceWithVoid();
        }

        @Override
        public void close() {
            follower.close();
        }
    }
}
