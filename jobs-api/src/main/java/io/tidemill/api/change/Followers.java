package io.tidemill.api.change;

import io.tidemill.api.change.JobChanges.Following;
import io.tidemill.api.store.JobVersion;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Who is to be called when something changes, by what it is. Holds no thread. */
final class Followers<K> {
    private static final Logger LOG = Logger.getLogger(Followers.class);
    private final ConcurrentMap<K, Set<Follower>> all = new ConcurrentHashMap<>();

    Follower add(K key, Runnable onChange) {
        Follower follower = new Follower(key, onChange);
        all.compute(
                key,
                (_, others) -> {
                    Set<Follower> together =
                            others == null ? ConcurrentHashMap.newKeySet() : others;
                    together.add(follower);
                    return together;
                });
        return follower;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** What is followed right now. */
    Set<K> keys() {
        return all.keySet();
    }

    void wake(K key) {
        all.getOrDefault(key, Set.of()).forEach(Follower::wake);
    }

    void wakeAll() {
        all.keySet().forEach(this::wake);
    }

    /** Wakes those who have not seen that version; null means that it is not there. */
    void found(K key, @Nullable JobVersion version) {
        all.getOrDefault(key, Set.of()).forEach(follower -> follower.found(version));
    }

    /** One who follows. */
    final class Follower implements Following {
        private final K key;
        private final Runnable onChange;
        private @Nullable JobVersion seen;
        private boolean toldOfAbsence;

        private Follower(K key, Runnable onChange) {
            this.key = key;
            this.onChange = onChange;
        }

        /** It knows that version, and need not be woken for it. */
        synchronized void saw(JobVersion version) {
            if (isNews(version)) {
                seen = version;
            }
        }

        private void found(@Nullable JobVersion version) {
            if (version == null ? isGone() : isNew(version)) {
                wake();
            }
        }

        private synchronized boolean isGone() {
            boolean first = !toldOfAbsence;
            toldOfAbsence = true;
            return first;
        }

        private synchronized boolean isNew(JobVersion version) {
            boolean news = isNews(version);
            saw(version);
            return news;
        }

        private boolean isNews(JobVersion version) {
            return seen == null || version.compareTo(seen) > 0;
        }

        /** A follower that fails must not keep the news from the others. */
        private void wake() {
            try {
                onChange.run();
            } catch (RuntimeException e) {
                LOG.errorf(e, "A follower of %s failed", key);
            }
        }

        @Override
        public void close() {
            all.computeIfPresent(
                    key,
                    (_, together) -> {
                        together.remove(this);
                        return together.isEmpty() ? null : together;
                    });
        }
    }
}
