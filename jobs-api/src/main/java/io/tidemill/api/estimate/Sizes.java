package io.tidemill.api.estimate;

/**
 * Sizes of inputs beside the times they took, added up or averaged.
 *
 * @param bytes sizes
 * @param squares of the sizes
 * @param products of size and milliseconds
 */
public record Sizes(double bytes, double squares, double products) {
    public static final Sizes NONE = new Sizes(0, 0, 0);

    static Sizes of(double bytes, double millis) {
        return new Sizes(bytes, bytes * bytes, bytes * millis);
    }

    Sizes plus(Sizes other) {
        return new Sizes(bytes + other.bytes, squares + other.squares, products + other.products);
    }
}
