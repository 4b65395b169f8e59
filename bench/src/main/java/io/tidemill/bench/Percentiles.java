package io.tidemill.bench;

import java.util.Arrays;
import java.util.Collection;

/** Times of many like things, in milliseconds. */
final class Percentiles {
    private static final double NANOS_OF_A_MILLI = 1e6;
    private final double[] sorted;

    /**
     * @param nanos the times, in nanoseconds, at least one
     */
    Percentiles(Collection<Long> nanos) {
        if (nanos.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        sorted = nanos.stream().mapToDouble(time -> time / NANOS_OF_A_MILLI).sorted().toArray();
    }

    int count() {
        return sorted.length;
    }

    /**
     * The time that this share of all do not exceed.
     *
     * @param share above 0, at most 1
     */
    double at(double share) {
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.clamp(rank - 1L, 0, sorted.length - 1)];
    }

    double median() {
        return at(0.5);
    }

    @Override
    public String toString() {
        return Arrays.toString(sorted);
    }
}
