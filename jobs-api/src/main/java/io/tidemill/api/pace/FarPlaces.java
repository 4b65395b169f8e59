package io.tidemill.api.pace;

import io.tidemill.api.estimate.QueuedTask.Place;
import io.tidemill.api.store.Waiter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Places that are far behind, each kept for a second for each thousand tasks before it: they cost
 * the most to find and change the least. Times are those of {@link System#nanoTime}. Thread-safe.
 */
final class FarPlaces {
    private static final int FAR = 1_000;
    private static final int MOST = 10_000;
    private static final long NANOS_A_PLACE = Duration.ofSeconds(1).toNanos() / FAR;

    private final Map<Key, Known> known =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, Known> eldest) {
                    return size() > MOST;
                }
            };

    /** A task, as long as it waits for the same turn. */
    private record Key(UUID task, int priority, Instant dueTime) {
        static Key of(Waiter waiter) {
            return new Key(waiter.id(), waiter.priority(), waiter.dueTime());
        }
    }

    private record Known(Place place, long time) {
        boolean isFresh(long now) {
            return now - time < place.before() * NANOS_A_PLACE;
        }
    }

    /** Null unless all are. */
    synchronized @Nullable Map<UUID, Place> remembered(List<Waiter> line, long now) {
        Map<UUID, Place> found = HashMap.newHashMap(line.size());
        for (Waiter waiter : line) {
            Known one = known.get(Key.of(waiter));
            if (one == null || !one.isFresh(now)) {
                return null;
            }
            found.put(waiter.id(), one.place());
        }
        return found;
    }

    synchronized void learn(List<Waiter> line, Map<UUID, Place> found, long now) {
        for (Waiter waiter : line) {
            Place place = found.get(waiter.id());
            known.remove(Key.of(waiter));
            if (place != null && place.before() >= FAR) {
                known.put(Key.of(waiter), new Known(place, now));
            }
        }
    }
}
