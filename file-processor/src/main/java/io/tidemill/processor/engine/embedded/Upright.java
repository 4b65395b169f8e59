package io.tidemill.processor.engine.embedded;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;

/** Turns and mirrors an image so that EXIF orientation 1 to 8 (tag 0x0112) comes out upright. */
final class Upright {
    private Upright() {}

    static boolean turns(int orientation) {
        return orientation >= 5;
    }

    static BufferedImage turn(BufferedImage image, int orientation) {
        if (orientation < 2 || orientation > 8) {
            return image;
        }
        int width = turns(orientation) ? image.getHeight() : image.getWidth();
        int height = turns(orientation) ? image.getWidth() : image.getHeight();
        BufferedImage upright = new BufferedImage(width, height, image.getType());
        Graphics2D graphics = upright.createGraphics();
        graphics.drawImage(image, transform(orientation, width, height), null);
        graphics.dispose();
        return upright;
    }

    /** From stored to upright coordinates: x' = m00·x + m01·y + m02, y' = m10·x + m11·y + m12. */
    private static AffineTransform transform(int orientation, int width, int height) {
        return switch (orientation) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, width, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, width, height);
            default -> new AffineTransform(0, -1, 1, 0, 0, height);
        };
    }
}
