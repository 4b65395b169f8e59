package io.tidemill.api.estimate;

import org.jspecify.annotations.Nullable;

/**
 * What an operation was measured to take: an exponentially weighted mean of wall-clock
 * milliseconds, the latest measurements counting most.
 *
 * @param measured how many measurements there were; positive
 * @param meanSquare mean of the squares
 * @param sizes means of the sizes of the inputs, and of how they went with the times
 */
public record Cost(long measured, double meanMillis, double meanSquare, Sizes sizes) {
    /** What one task may weigh, in milliseconds. */
    public static final int MOST_WEIGHT = 3_600_000;

    /** So many measurements are needed before anything is said by them. */
    public static final int ENOUGH = 5;

    /** How much a measurement counts when the next one comes. */
    public static final double FADING = 0.995;

    private static final double LEAST_SPREAD = 0.1;

    /** Sizes that differ by less than this part of their mean tell nothing. */
    private static final double LEAST_SIZE_SPREAD = 0.01;

    /** However small the input, a task takes at least this part of the mean. */
    private static final double LEAST_SHARE = 0.05;

    /** Whether it was measured often enough. */
    public boolean isKnown() {
        return measured >= ENOUGH;
    }

    /** How many measurements the mean is worth; 200 at most. */
    public double samples() {
        return (1 - Math.pow(FADING, measured)) / (1 - FADING);
    }

    /**
     * What a task takes whose input has that many bytes: the straight line with the least squared
     * distance to what was measured, as long as it does not fall.
     *
     * @param bytes null: not known
     */
    public double millis(@Nullable Long bytes) {
        if (bytes == null) {
            return meanMillis;
        }
        double millis = meanMillis + slope() * (bytes - sizes.bytes());
        return Math.max(LEAST_SHARE * meanMillis, millis);
    }

    /** Milliseconds for each byte more. */
    private double slope() {
        double variance = sizeVariance();
        double least = LEAST_SIZE_SPREAD * sizes.bytes();
        return variance <= least * least
                ? 0
                : Math.max(0, (sizes.products() - sizes.bytes() * meanMillis) / variance);
    }

    private double sizeVariance() {
        return Math.max(0, sizes.squares() - sizes.bytes() * sizes.bytes());
    }

    /**
     * Standard deviation of one measurement from what its size lets expect, in parts of the mean;
     * at least 0.1, for tomorrow's files are not today's.
     */
    public double spread() {
        double explained = slope() * slope() * sizeVariance();
        double variance = Math.max(0, meanSquare - meanMillis * meanMillis - explained);
        return Math.max(LEAST_SPREAD, Math.sqrt(variance) / Math.max(1, meanMillis));
    }

    /** What a task weighs that takes that many milliseconds: 1 to {@link #MOST_WEIGHT}. */
    public static int weight(double millis) {
        return (int) Math.clamp(Math.round(millis), 1, MOST_WEIGHT);
    }
}
