package io.tidemill.processor.engine.embedded;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.FileImageOutputStream;

/** Writes an image without any metadata. */
final class ImageFile {
    private static final float JPEG_QUALITY = 0.82f;

    private ImageFile() {}

    static void write(BufferedImage image, boolean png, Path file) throws IOException {
        ImageWriter writer =
                ImageIO.getImageWritersByMIMEType(png ? "image/png" : "image/jpeg").next();
        try (FileImageOutputStream output = new FileImageOutputStream(file.toFile())) {
            writer.setOutput(output);
            ImageWriteParam how = writer.getDefaultWriteParam();
            if (!png) {
                how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                how.setCompressionQuality(JPEG_QUALITY);
            }
            writer.write(null, new IIOImage(png ? image : opaque(image), null, null), how);
        } finally {
            writer.dispose();
        }
    }

    /** On white, because JPEG knows no transparency. */
    private static BufferedImage opaque(BufferedImage image) {
        BufferedImage opaque =
                new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = opaque.createGraphics();
        graphics.drawImage(image, 0, 0, Color.WHITE, null);
        graphics.dispose();
        return opaque;
    }
}
