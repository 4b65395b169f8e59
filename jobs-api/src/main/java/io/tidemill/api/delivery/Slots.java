package io.tidemill.api.delivery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Shares out what one replica can deliver at once, so that endpoints do not delay each other: so
 * many deliveries for each, one at a time for those whose last attempt failed, and these together
 * never more than half of all. Not thread-safe.
 */
public final class Slots {
    private static final int MOST_REMEMBERED = 10_000;

    private final int all;
    private final int each;
    private final Map<UUID, Integer> underWay = new HashMap<>();
    private final Set<UUID> failing = new LinkedHashSet<>();
    private int taken;

    /**
     * Nothing is under way.
     *
     * @param all deliveries at once
     * @param each of them to one endpoint
     */
    public Slots(int all, int each) {
        this.all = all;
        this.each = each;
    }

    /** How many more deliveries may begin for one endpoint. */
    public record Room(UUID endpoint, int room) {}

    /** How many more deliveries may begin in all. */
    public int free() {
        return all - taken;
    }

    /** How many may begin for an endpoint that {@link #rooms} does not name. */
    public int each() {
        return each;
    }

    /** Of endpoints that are busy or fail. */
    public List<Room> rooms() {
        List<Room> rooms = new ArrayList<>();
        underWay.forEach(
                (endpoint, count) -> {
                    if (!failing.contains(endpoint)) {
                        rooms.add(new Room(endpoint, Math.max(0, each - count)));
                    }
                });
        int left = all / 2 - failingUnderWay();
        for (UUID endpoint : failing) {
            int room = left > 0 && !underWay.containsKey(endpoint) ? 1 : 0;
            rooms.add(new Room(endpoint, room));
            left -= room;
        }
        return rooms;
    }

    private int failingUnderWay() {
        return failing.stream().mapToInt(endpoint -> underWay.getOrDefault(endpoint, 0)).sum();
    }

    /** A delivery to that endpoint begins. */
    public void begin(UUID endpoint) {
        taken++;
        underWay.merge(endpoint, 1, Integer::sum);
    }

    /** A delivery to that endpoint has ended. Those that fail move to the end of their line. */
    public void end(UUID endpoint, boolean arrived) {
        taken--;
        underWay.computeIfPresent(endpoint, (_, count) -> count == 1 ? null : count - 1);
        failing.remove(endpoint);
        if (!arrived) {
            failing.add(endpoint);
            forgetEldest();
        }
    }

    private void forgetEldest() {
        if (failing.size() > MOST_REMEMBERED) {
            failing.remove(failing.iterator().next());
        }
    }
}
