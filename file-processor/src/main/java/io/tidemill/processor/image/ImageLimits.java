package io.tidemill.processor.image;

import io.tidemill.contract.Failure;
import io.tidemill.contract.FailureCode;
import java.util.Optional;

/** How large an image may be before an engine is let near it. */
public final class ImageLimits {
    public static final int MAX_SIDE = 16_384;
    public static final long MAX_PIXELS = 50_000_000;
    public static final long MAX_PROGRESSIVE_PIXELS = 16_000_000;

    private ImageLimits() {}

    /** The limit an image breaks, if any. */
    public static Optional<Failure> breach(ImageHeader image) {
        if (image.width() > MAX_SIDE || image.height() > MAX_SIDE) {
            return tooLarge(image, "%d pixels a side".formatted(MAX_SIDE));
        }
        if (image.pixels() > MAX_PIXELS) {
            return tooLarge(image, "%d pixels".formatted(MAX_PIXELS));
        }
        if (image.progressive() && image.pixels() > MAX_PROGRESSIVE_PIXELS) {
            return tooLarge(
                    image,
                    "%d pixels if progressive or interlaced".formatted(MAX_PROGRESSIVE_PIXELS));
        }
        return Optional.empty();
    }

    private static Optional<Failure> tooLarge(ImageHeader image, String limit) {
        return Optional.of(
                FailureCode.LIMIT_EXCEEDED.because(
                        "The image claims to have %d x %d pixels; the limit is %s."
                                .formatted(image.width(), image.height(), limit)));
    }
}
