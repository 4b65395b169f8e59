package io.tidemill.api.policy.simulation;

import io.tidemill.api.policy.Allowances;
import io.tidemill.api.policy.Choice;
import io.tidemill.api.policy.FairShare;
import io.tidemill.api.policy.Turn;
import io.tidemill.api.policy.WaitingTask;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Slots that take bundles from a short queue, which the policy tops up as the dispatcher does: with
 * the same code, the same room, and only so many owners and tasks looked at.
 */
final class Simulation {
    private static final int MIN_BUNDLES = 8;
    private static final int BUNDLE_MILLIS = 100;
    private static final int BUNDLE_TASKS = 64;
    private static final int SPARE_OWNERS = 8;
    private static final int CLASSES = 3;
    private static final String EVERYBODY = "everybody";

    private final int slots;
    private final boolean fair;
    private final Map<String, Double> weights;
    private final FairShare policy;
    private final TreeMap<String, List<Queue<WaitingTask>>> waiting = new TreeMap<>();
    private final Map<UUID, Arrival> arrivals = new HashMap<>();
    private final Map<String, Double> deficits = new HashMap<>();
    private final Queue<List<WaitingTask>> broker = new ArrayDeque<>();
    private final PriorityQueue<Long> busyUntil = new PriorityQueue<>();
    private final List<Outcome.Begun> begun = new ArrayList<>();
    private String last = "";
    private long now;
    private long busy;
    private long workedOff;

    /**
     * A system with nothing to do.
     *
     * @param fair false: first come, first served, to compare with
     */
    Simulation(int slots, boolean fair, Map<String, Double> weights, long seed) {
        this.slots = slots;
        this.fair = fair;
        this.weights = Map.copyOf(weights);
        this.policy =
                new FairShare(BUNDLE_MILLIS, BUNDLE_TASKS, MIN_BUNDLES, new SplittableRandom(seed));
    }

    /** Until all of them have begun. */
    Outcome run(List<Arrival> all) {
        Queue<Arrival> coming = new ArrayDeque<>(sorted(all));
        while (!coming.isEmpty() || !waiting.isEmpty() || !broker.isEmpty()) {
            while (!coming.isEmpty() && coming.element().atMillis() <= now) {
                arrive(coming.remove());
            }
            dispatch();
            if (!work()) {
                now = next(coming);
                while (!busyUntil.isEmpty() && busyUntil.element() <= now) {
                    busyUntil.remove();
                }
            }
        }
        return new Outcome(begun, (double) busy / slots / Math.max(1, workedOff));
    }

    private static List<Arrival> sorted(List<Arrival> all) {
        return all.stream().sorted(Comparator.comparingLong(Arrival::atMillis)).toList();
    }

    private long next(Queue<Arrival> coming) {
        long arrival = coming.isEmpty() ? Long.MAX_VALUE : coming.element().atMillis();
        long free = busyUntil.isEmpty() ? Long.MAX_VALUE : busyUntil.element();
        return Math.min(arrival, free);
    }

    private void arrive(Arrival arrival) {
        UUID id = new UUID(0, arrivals.size());
        arrivals.put(id, arrival);
        String owner = fair ? arrival.owner() : EVERYBODY;
        int priority = fair ? arrival.priority() : 0;
        waiting.computeIfAbsent(owner, _ -> queues())
                .get(priority)
                .add(new WaitingTask(id, owner, "x", priority, now, arrival.millis(), false));
    }

    private static List<Queue<WaitingTask>> queues() {
        List<Queue<WaitingTask>> queues = new ArrayList<>();
        for (int i = 0; i < CLASSES; i++) {
            queues.add(new ArrayDeque<>());
        }
        return queues;
    }

    private void dispatch() {
        boolean again = true;
        while (again) {
            int room = Math.max(MIN_BUNDLES, 2 * slots) - broker.size();
            again = room > 0 && !waiting.isEmpty() && dispatch(room);
        }
    }

    private boolean dispatch(int room) {
        List<String> owners =
                java.util.stream.Stream.concat(
                                waiting.tailMap(last, false).keySet().stream(),
                                waiting.headMap(last, true).keySet().stream())
                        .limit(room + SPARE_OWNERS)
                        .toList();
        boolean whole = owners.size() == waiting.size();
        int depth = Math.max(BUNDLE_TASKS, room * BUNDLE_TASKS / owners.size());
        List<Turn> ring = owners.stream().map(owner -> turn(owner, depth)).toList();
        Choice choice = policy.choose(ring, room, new Allowances(), now);
        choice.bundles().forEach(this::send);
        deficits.putAll(choice.deficits());
        if (whole && owners.size() == 1) {
            deficits.clear();
        }
        String over = whole || choice.full() ? choice.lastOwner() : owners.getLast();
        last = over == null ? last : over;
        return !choice.full();
    }

    private Turn turn(String owner, int depth) {
        List<WaitingTask> tasks = new ArrayList<>();
        boolean more = false;
        for (Queue<WaitingTask> queue : waiting.getOrDefault(owner, List.of())) {
            queue.stream().limit(depth).forEach(tasks::add);
            more |= queue.size() > depth;
        }
        double weight = weights.getOrDefault(owner, 1.0);
        return new Turn(owner, weight, deficits.getOrDefault(owner, 0.0), tasks, more);
    }

    private void send(List<WaitingTask> bundle) {
        broker.add(bundle);
        for (WaitingTask task : bundle) {
            List<Queue<WaitingTask>> queues = waiting.getOrDefault(task.owner(), List.of());
            queues.get(task.priority()).remove();
            if (queues.stream().allMatch(Queue::isEmpty)) {
                waiting.remove(task.owner());
            }
        }
    }

    /** Whether a slot took a bundle. */
    private boolean work() {
        if (broker.isEmpty() || busyUntil.size() >= slots) {
            return false;
        }
        long time = now;
        for (WaitingTask task : broker.remove()) {
            begun.add(
                    new Outcome.Begun(
                            arrivals.getOrDefault(task.id(), new Arrival(0, "", 0, 0)), time));
            time += task.millis();
            busy += task.millis();
        }
        busyUntil.add(time);
        workedOff = Math.max(workedOff, time);
        return true;
    }
}
