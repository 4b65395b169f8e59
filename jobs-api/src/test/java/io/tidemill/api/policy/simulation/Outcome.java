package io.tidemill.api.policy.simulation;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * What became of all arrivals.
 *
 * @param utilisation busy share of all slots, from the beginning until nothing waited any more
 */
record Outcome(List<Begun> tasks, double utilisation) {
    /** A task that began. */
    record Begun(Arrival arrival, long startMillis) {
        long waited() {
            return startMillis - arrival.atMillis();
        }
    }

    Outcome {
        tasks = List.copyOf(tasks);
    }

    /** How long such tasks waited, shortest first. */
    long[] waits(Predicate<Arrival> which) {
        return tasks.stream()
                .filter(task -> which.test(task.arrival()))
                .mapToLong(Begun::waited)
                .sorted()
                .toArray();
    }

    /** Working time of an owner's tasks that began before then. */
    long workBefore(String owner, long millis) {
        return tasks.stream()
                .filter(task -> task.arrival().owner().equals(owner) && task.startMillis() < millis)
                .mapToLong(task -> task.arrival().millis())
                .sum();
    }

    /** Nearest rank. */
    static long percentile(long[] sorted, double share) {
        return sorted.length == 0
                ? 0
                : sorted[(int) Math.max(0, Math.ceil(share * sorted.length) - 1)];
    }

    /** Jain's index of fairness: 1 when all have the same, 1/n when one has everything. */
    static double jain(long... shares) {
        double sum = LongStream.of(shares).sum();
        double squares = LongStream.of(shares).mapToDouble(share -> (double) share * share).sum();
        return squares == 0 ? 1 : sum * sum / (shares.length * squares);
    }
}
