package io.tidemill.processor.engine.embedded;

import io.tidemill.contract.FailureCode;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;

/** Decodes the first frame of an image into sRGB, skipping pixels that no copy will need. */
final class ImageSource {
    /** Pixels decoded for each pixel of the largest copy, along one side: room for smoothing. */
    private static final int OVERSAMPLING = 2;

    private ImageSource() {}

    /** Tells by what the stored image will be multiplied at most. */
    @FunctionalInterface
    interface LargestScale {
        double of(int width, int height);
    }

    /**
     * @param mediaType decides which decoder reads the file; it has been told from the content
     * @throws RejectedInput when the pixels end too early
     */
    static BufferedImage read(Path file, String mediaType, LargestScale scale) throws IOException {
        ImageReader reader = reader(mediaType);
        AtomicBoolean truncated = new AtomicBoolean();
        reader.addIIOReadWarningListener((_, warning) -> note(warning, truncated));
        try (FileImageInputStream input = new FileImageInputStream(file.toFile())) {
            reader.setInput(input, true, true);
            ImageReadParam how = reader.getDefaultReadParam();
            int step = step(scale.of(reader.getWidth(0), reader.getHeight(0)));
            how.setSourceSubsampling(step, step, 0, 0);
            BufferedImage image = inSrgb(reader.read(0, how));
            if (truncated.get()) {
                throw new RejectedInput(
                        FailureCode.INVALID_INPUT.because(
                                "The image is damaged: its pixels end too early."));
            }
            return image;
        } finally {
            reader.dispose();
        }
    }

    private static int step(double largestScale) {
        return Math.max(1, (int) Math.floor(1 / (largestScale * OVERSAMPLING)));
    }

    /** The last one registered is TwelveMonkeys', which knows CMYK and broken colour profiles. */
    private static ImageReader reader(String mediaType) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByMIMEType(mediaType);
        ImageReader best = null;
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            boolean better = reader.getClass().getName().startsWith("com.twelvemonkeys");
            best = best == null || better ? reader : best;
        }
        if (best == null) {
            throw new IOException("no decoder for " + mediaType);
        }
        return best;
    }

    /** libjpeg, inside ImageIO, paints what is missing grey and only warns. */
    private static void note(String warning, AtomicBoolean truncated) {
        String words = warning.toLowerCase(Locale.ROOT);
        if (words.contains("premature") || words.contains("truncated")) {
            truncated.set(true);
        }
    }

    private static BufferedImage inSrgb(BufferedImage image) {
        int type =
                image.getColorModel().hasAlpha()
                        ? BufferedImage.TYPE_INT_ARGB_PRE
                        : BufferedImage.TYPE_INT_RGB;
        if (image.getType() == type) {
            return image;
        }
        BufferedImage converted = new BufferedImage(image.getWidth(), image.getHeight(), type);
        Graphics2D graphics = converted.createGraphics();
        graphics.drawImage(image, 0, 0, null);
        graphics.dispose();
        return converted;
    }
}
