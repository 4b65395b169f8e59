package io.tidemill.api.estimate;

/**
 * Measured durations of one operation, added up.
 *
 * @param sum milliseconds
 * @param squares sum of the squared milliseconds
 */
public record Durations(long count, double sum, double squares) {
    /** One measurement, in milliseconds. */
    public static Durations of(long millis) {
        return new Durations(1, millis, (double) millis * millis);
    }

    public Durations plus(Durations other) {
        return new Durations(count + other.count, sum + other.sum, squares + other.squares);
    }
}
