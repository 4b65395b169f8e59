package io.tidemill.processor.image;

import io.tidemill.processor.operation.Fields;

/**
 * A box an image is made to fit: inside it as a whole, or covering it with the edges cut off. Never
 * enlarges: what is smaller than the box stays smaller.
 *
 * @param width pixels
 * @param height pixels
 */
public record ThumbnailSize(int width, int height, boolean cover) {

    /** From {@code {width, height, fit}}. */
    public static ThumbnailSize of(Fields size) {
        return new ThumbnailSize(
                size.integer("width", 1),
                size.integer("height", 1),
                size.text("fit", "inside").equals("cover"));
    }

    /** By what an upright image of this size is multiplied; at most 1. */
    public double scale(int imageWidth, int imageHeight) {
        double horizontal = (double) width / imageWidth;
        double vertical = (double) height / imageHeight;
        double wanted = cover ? Math.max(horizontal, vertical) : Math.min(horizontal, vertical);
        return Math.min(1, wanted);
    }

    /** How wide an upright image of this size becomes; at least 1. */
    public int widthOf(int imageWidth, int imageHeight) {
        return bounded(imageWidth * scale(imageWidth, imageHeight), width);
    }

    /** How high an upright image of this size becomes; at least 1. */
    public int heightOf(int imageWidth, int imageHeight) {
        return bounded(imageHeight * scale(imageWidth, imageHeight), height);
    }

    private static int bounded(double exact, int box) {
        return Math.clamp(Math.round(exact), 1, box);
    }
}
