package io.tidemill.bench.measure;

import java.util.Arrays;
import java.util.Collection;

/** Times of many like things, in milliseconds. */
public final class Percentiles {
    private static final double NANOS_OF_A_MILLI = 1e6;
    private final double[] sorted;

    /**
     * @param nanos the times, in nanoseconds, at least one
     */
    public Percentiles(Collection<Long> nanos) {
        if (nanos.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        sorted = nanos.stream().mapToDouble(time -> time / NANOS_OF_A_MILLI).sorted().toArray();
    }

    public int count() {
        return sorted.length;
    }

    /**
     * The time that this share of all do not exceed.
     *
     * @param share above 0, at most 1
     */
    public double at(double share) {
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.clamp(rank - 1L, 0, sorted.length - 1)];
    }

    public double median() {
        return at(0.5);
    }

    @Override
    public String toString() {
        return Arrays.toString(sorted);
    }
}
