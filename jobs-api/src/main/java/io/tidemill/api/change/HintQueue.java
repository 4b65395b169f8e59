package io.tidemill.api.change;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Jobs that other replicas are to be told of, each once; what does not fit in is left out. */
final class HintQueue {
    static final int MOST = 10_000;
    private final Set<UUID> waiting = new LinkedHashSet<>();

    /** How many of them did not fit in. */
    synchronized int add(Collection<UUID> jobs) {
        int dropped = 0;
        for (UUID job : jobs) {
            if (waiting.size() < MOST) {
                waiting.add(job);
            } else if (!waiting.contains(job)) {
                dropped++;
            }
        }
        return dropped;
    }

    /** The next to be told of, oldest first. */
    synchronized List<UUID> take(int most) {
        List<UUID> next = new ArrayList<>(Math.min(most, waiting.size()));
        Iterator<UUID> oldest = waiting.iterator();
        while (next.size() < most && oldest.hasNext()) {
            next.add(oldest.next());
            oldest.remove();
        }
        return next;
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Forgets them; tells how many there were. */
    synchronized int clear() {
        int dropped = waiting.size();
        waiting.clear();
        return dropped;
    }
}
