package io.tidemill.api.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts short tasks together until they make up a bundle's worth of work; a long one travels alone,
 * and so does one whose last attempt took others down with it. There is room for so many bundles.
 */
final class Bundles {
    private final long bundleMillis;
    private final int most;
    private final int room;
    private final List<List<WaitingTask>> bundles = new ArrayList<>();
    private List<WaitingTask> growing = List.of();
    private long millis;

    /**
     * Empty ones.
     *
     * @param bundleMillis expected work of a bundle
     * @param most tasks in a bundle
     * @param room bundles
     */
    Bundles(long bundleMillis, int most, int room) {
        this.bundleMillis = bundleMillis;
        this.most = most;
        this.room = room;
    }

    /** Takes the task in, if there is room for it. */
    boolean add(WaitingTask task) {
        boolean joins =
                !task.alone()
                        && !growing.isEmpty()
                        && growing.size() < most
                        && millis + task.millis() <= bundleMillis;
        if (!joins && bundles.size() >= room) {
            return false;
        }
        if (joins) {
            growing.add(task);
            millis += task.millis();
        } else if (task.alone()) {
            bundles.add(List.of(task));
        } else {
            growing = new ArrayList<>(List.of(task));
            millis = task.millis();
            bundles.add(growing);
        }
        return true;
    }

    List<List<WaitingTask>> all() {
        return bundles.stream().map(List::copyOf).toList();
    }
}
