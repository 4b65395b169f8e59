package io.tidemill.api.pace;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.store.QueuePicture;
import io.tidemill.api.store.QueueStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Remembers how the task queues stand, for all who ask. Looks again when somebody asks and a second
 * has passed, or twenty times as long as looking took; while nobody asks it costs nothing.
 */
@ApplicationScoped
class QueueMemory {
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration USABLE = Duration.ofSeconds(30);
    private static final int SHARE = 20;

    private final QueueStore store;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile @Nullable Seen seen;

    /** A picture, and when it was made. */
    private record Seen(QueuePicture picture, long time) {
        boolean isYounger(Duration age) {
            return System.nanoTime() - time < age.toNanos();
        }

        boolean isFresh() {
            return isYounger(FRESH) || isYounger(picture.took().multipliedBy(SHARE));
        }
    }

    QueueMemory(QueueStore store) {
        this.store = store;
    }

    /** One looks at a time, and waits for it; the others are content with what there is. */
    Uni<QueuePicture> picture() {
        Seen last = seen;
        if (last != null && last.isFresh()) {
            return Uni.createFrom().item(last.picture());
        }
        boolean mine = looking.compareAndSet(false, true);
        if (!mine && last != null && last.isYounger(USABLE)) {
            return Uni.createFrom().item(last.picture());
        }
        Uni<QueuePicture> look = store.look().invoke(this::learned);
        return mine ? look.onTermination().invoke(() -> looking.set(false)) : look;
    }

    /** Whoever asks next looks anew. */
    void forget() {
        seen = null;
    }

    private void learned(QueuePicture picture) {
        seen = new Seen(picture, System.nanoTime());
    }
}
