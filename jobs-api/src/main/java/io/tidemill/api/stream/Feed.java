package io.tidemill.api.stream;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.change.JobChanges.Following;
import io.tidemill.api.problem.Outage;
import io.vertx.core.Context;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tells one client what happens, by reading the log again and again. Never reads while the client
 * has enough; nothing is lost by that, for the log stays. Lives on the client's event loop and
 * holds no thread and no timer.
 */
abstract class Feed {
    private static final Logger LOG = Logger.getLogger(Feed.class);
    private static final int RETRY_AT_LEAST_MILLIS = 500;
    private static final int RETRY_AT_MOST_MILLIS = 2_000;

    private final Context loop;
    private final AtomicBoolean woken = new AtomicBoolean();
    private @Nullable Following following;
    private boolean reading = true;
    private boolean again;
    private boolean ended;

    /** What it leads to. */
    final Outlet outlet;

    Feed(Context loop, Outlet outlet) {
        this.loop = loop;
        this.outlet = outlet;
    }

    /**
     * Begins to tell.
     *
     * @return false when there is nothing to tell, now and later; fails with a problem when the
     *     client may not be told
     */
    abstract Uni<Boolean> open();

    /** Takes one step of reading, then calls {@link #rest}; so does the beginning. */
    abstract void read();

    /** From now on it is woken by this; listens before it looks, so that nothing slips through. */
    void follow(Following changes) {
        following = changes;
    }

    /** There may be something new. On any thread. */
    void wake() {
        if (woken.compareAndSet(false, true)) {
            loop.runOnContext(
                    _ -> {
                        woken.set(false);
                        look();
                    });
        }
    }

    /** The client has read what it was sent. */
    void drained() {
        if (again) {
            look();
        }
    }

    /** Reads, as soon as that is possible. */
    void look() {
        again = true;
        if (ended || reading || outlet.isFull()) {
            return;
        }
        again = false;
        reading = true;
        read();
    }

    /**
     * A step is done.
     *
     * @param more there is more to read already
     */
    void rest(boolean more) {
        reading = false;
        if (more || again) {
            look();
        }
    }

    /** Passes an answer on, on the event loop; what fails is tried again a little later. */
    <T> void take(Uni<T> answer, Consumer<T> by) {
        onLoop(answer)
                .subscribe()
                .with(
                        taken -> unlessEnded(() -> by.accept(taken)),
                        failure -> unlessEnded(() -> retry(failure)));
    }

    /** The same answer, on the client's event loop. */
    <T> Uni<T> onLoop(Uni<T> answer) {
        return answer.emitOn(task -> loop.runOnContext(_ -> task.run()));
    }

    private void unlessEnded(Runnable step) {
        if (!ended) {
            step.run();
        }
    }

    /** An outage passes; anything else is a defect, which must not go on in silence. */
    private void retry(Throwable failure) {
        if (!Outage.isDatabase(failure)) {
            LOG.error("A stream ends because it cannot be read", failure);
            end();
            return;
        }
        LOG.debugf("Reading for a stream failed and will be tried again: %s", failure.getMessage());
        int wait = ThreadLocalRandom.current().nextInt(RETRY_AT_LEAST_MILLIS, RETRY_AT_MOST_MILLIS);
        loop.owner().setTimer(wait, _ -> rest(true));
    }

    /** Nothing more is read and nobody is told; a second time is harmless. */
    void cancel() {
        ended = true;
        if (following != null) {
            following.close();
        }
    }

    /** The same, and the client is told. */
    void end() {
        if (!ended) {
            cancel();
            outlet.end();
        }
    }

    boolean hasEnded() {
        return ended;
    }
}
