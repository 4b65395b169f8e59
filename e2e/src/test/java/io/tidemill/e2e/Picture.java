package io.tidemill.e2e;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;

/**
 * A decoded picture.
 *
 * @param metadata whether the bytes it came from hold an Exif block
 */
record Picture(BufferedImage image, boolean metadata) {

    static Picture of(byte[] bytes) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
        assertNotNull(image, "no picture");
        return new Picture(image, new String(bytes, StandardCharsets.ISO_8859_1).contains("Exif"));
    }

    /** For example {@code 300x400}. */
    String size() {
        return image.getWidth() + "x" + image.getHeight();
    }

    /** How blue the pixel in the middle of the row is, against green. */
    int blueness(double height) {
        int y = (int) (image.getHeight() * height);
        Color colour = new Color(image.getRGB(image.getWidth() / 2, y));
        return colour.getBlue() - colour.getGreen();
    }
}
