package io.tidemill.api.estimate;

/**
 * When a job will probably have ended, in seconds from now.
 *
 * @param low hardly sooner; at most {@code seconds}
 * @param high hardly later, if nothing unforeseen happens; at least {@code seconds}
 */
public record Estimate(int seconds, int low, int high, EtaBasis basis) {
    /** About ten years; nothing is told to last longer. */
    public static final int MOST_SECONDS = 315_360_000;

    private static final double MILLIS = 1_000;

    public Estimate {
        if (low < 0 || low > seconds || seconds > high) {
            throw new IllegalArgumentException(
                    "not in order: %d, %d, %d".formatted(low, seconds, high));
        }
    }

    /**
     * So many milliseconds, or so many times longer or shorter.
     *
     * @param doubt 0: none; 1: perhaps twice as long, or half
     */
    static Estimate of(double millis, double doubt, EtaBasis basis) {
        double seconds = millis / MILLIS;
        return new Estimate(
                whole(Math.ceil(seconds)),
                whole(Math.floor(seconds / (1 + doubt))),
                whole(Math.ceil(seconds * (1 + doubt))),
                basis);
    }

    private static int whole(double seconds) {
        return (int) Math.min(MOST_SECONDS, seconds);
    }
}
