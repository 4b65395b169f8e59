package io.tidemill.api.estimate;

/**
 * Measured durations of one operation, added up.
 *
 * @param sum milliseconds
 * @param squares sum of the squared milliseconds
 * @param sizes of the inputs they were measured with, added up
 */
public record Durations(long count, double sum, double squares, Sizes sizes) {
    /**
     * One measurement.
     *
     * @param bytes size of the input
     */
    public static Durations of(long millis, long bytes) {
        return new Durations(1, millis, (double) millis * millis, Sizes.of(bytes, millis));
    }

    public Durations plus(Durations other) {
        return new Durations(
                count + other.count,
                sum + other.sum,
                squares + other.squares,
                sizes.plus(other.sizes));
    }
}
