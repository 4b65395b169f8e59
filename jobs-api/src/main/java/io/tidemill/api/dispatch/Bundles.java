package io.tidemill.api.dispatch;

import io.tidemill.api.store.DispatchStore.Due;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Puts short tasks together until they make up a bundle's worth of work; a long one travels alone,
 * and so does one whose last attempt took others down with it. Pure.
 */
final class Bundles {
    private final long bundleMillis;
    private final int maxTasks;
    private final int shares;

    /**
     * The rules.
     *
     * @param bundleMillis expected work of a bundle
     * @param maxTasks tasks in a bundle at most
     * @param shares the tasks are spread over at least this many bundles, if there are as many
     *     tasks, so that idle slots share a small job
     */
    Bundles(long bundleMillis, int maxTasks, int shares) {
        this.bundleMillis = bundleMillis;
        this.maxTasks = maxTasks;
        this.shares = shares;
    }

    /** The tasks in bundles, in their order. */
    List<List<Due>> of(List<Due> tasks, ToLongFunction<Due> expectedMillis) {
        int most = Math.min(maxTasks, Math.max(1, (tasks.size() + shares - 1) / shares));
        List<List<Due>> bundles = new ArrayList<>();
        List<Due> bundle = new ArrayList<>();
        long millis = 0;
        for (Due task : tasks) {
            if (task.alone()) {
                bundles.add(List.of(task));
                continue;
            }
            long cost = Math.max(1, expectedMillis.applyAsLong(task));
            if (!bundle.isEmpty() && (millis + cost > bundleMillis || bundle.size() >= most)) {
                bundles.add(bundle);
                bundle = new ArrayList<>();
                millis = 0;
            }
            bundle.add(task);
            millis += cost;
        }
        if (!bundle.isEmpty()) {
            bundles.add(bundle);
        }
        return bundles;
    }
}
