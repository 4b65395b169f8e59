package io.tidemill.processor.engine.embedded;

import io.tidemill.processor.image.ThumbnailSize;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** Shrinks an image by halves, then to the exact size, so that every pixel has its say. */
final class Scaling {
    private Scaling() {}

    static BufferedImage to(BufferedImage image, ThumbnailSize size) {
        int width = image.getWidth();
        int height = image.getHeight();
        double scale = size.scale(width, height);
        BufferedImage scaled =
                shrink(
                        image,
                        Math.max(1, (int) Math.round(width * scale)),
                        Math.max(1, (int) Math.round(height * scale)));
        return middle(scaled, size.widthOf(width, height), size.heightOf(width, height));
    }

    private static BufferedImage shrink(BufferedImage image, int width, int height) {
        BufferedImage current = image;
        while (current.getWidth() > width || current.getHeight() > height) {
            current =
                    draw(
                            current,
                            Math.max(width, (current.getWidth() + 1) / 2),
                            Math.max(height, (current.getHeight() + 1) / 2));
        }
        return current;
    }

    private static BufferedImage draw(BufferedImage image, int width, int height) {
        BufferedImage smaller = new BufferedImage(width, height, image.getType());
        Graphics2D graphics = smaller.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, width, height, null);
        graphics.dispose();
        return smaller;
    }

    private static BufferedImage middle(BufferedImage image, int width, int height) {
        int cutWidth = Math.min(width, image.getWidth());
        int cutHeight = Math.min(height, image.getHeight());
        return image.getSubimage(
                (image.getWidth() - cutWidth) / 2,
                (image.getHeight() - cutHeight) / 2,
                cutWidth,
                cutHeight);
    }
}
