package io.tidemill.api.estimate;

/**
 * What an operation was measured to take: an exponentially weighted mean of wall-clock
 * milliseconds, the latest measurements counting most.
 *
 * @param measured how many measurements there were; positive
 * @param meanSquare mean of the squares
 */
public record Cost(long measured, double meanMillis, double meanSquare) {
    /** What one task may weigh, in milliseconds. */
    public static final int MOST_WEIGHT = 3_600_000;

    /** So many measurements are needed before anything is said by them. */
    public static final int ENOUGH = 5;

    /** How much a measurement counts when the next one comes. */
    public static final double FADING = 0.995;

    private static final double LEAST_SPREAD = 0.1;

    /** Whether it was measured often enough. */
    public boolean isKnown() {
        return measured >= ENOUGH;
    }

    /** How many measurements the mean is worth; 200 at most. */
    public double samples() {
        return (1 - Math.pow(FADING, measured)) / (1 - FADING);
    }

    /**
     * Standard deviation of one measurement, in parts of the mean; at least 0.1, for tomorrow's
     * files are not today's.
     */
    public double spread() {
        double variance = Math.max(0, meanSquare - meanMillis * meanMillis);
        return Math.max(LEAST_SPREAD, Math.sqrt(variance) / Math.max(1, meanMillis));
    }

    /** What a task weighs that takes that many milliseconds: 1 to {@link #MOST_WEIGHT}. */
    public static int weight(double millis) {
        return (int) Math.clamp(Math.round(millis), 1, MOST_WEIGHT);
    }
}
