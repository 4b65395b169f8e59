package io.tidemill.bench.files;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** JPEG files as large as those of a camera: noise over gradients. */
final class DrawnPhotos {
    private static final int FILES = 5;
    private static final int WIDTH = 4_000;
    private static final int HEIGHT = 3_000;
    private static final float QUALITY = 0.9f;
    private static final int BRIGHT = 200;
    private static final int NOISE = 24;
    private static final int WAVE = 97;

    private DrawnPhotos() {}

    static List<Path> write(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            Path file = folder.resolve("photo-" + i + ".jpg");
            write(draw(WIDTH, HEIGHT, i), file);
            files.add(file);
        }
        return files;
    }

    static BufferedImage draw(int width, int height, int seed) {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int red = BRIGHT * x / width;
                int green = BRIGHT * y / height;
                int blue = (x / WAVE ^ y / WAVE + seed) % 2 == 0 ? BRIGHT / 2 : BRIGHT / 4;
                int noise = random.nextInt(NOISE);
                row[x] = (red + noise) << 16 | (green + noise) << 8 | blue + noise;
            }
            image.setRGB(0, y, width, 1, row, 0, width);
        }
        return image;
    }

    static void write(BufferedImage image, Path file) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam how = writer.getDefaultWriteParam();
        how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        how.setCompressionQuality(QUALITY);
        Files.deleteIfExists(file);
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), how);
        } finally {
            writer.dispose();
        }
    }
}
