package io.tidemill.bench.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tidemill.local.process.LaunchException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VariantsTest {
    private static final int[] END = {0xff, 0xd9};

    @TempDir private Path folder;

    private byte[] photo() throws IOException {
        Path file = folder.resolve("photo.jpg");
        DrawnPhotos.write(DrawnPhotos.draw(320, 240, 1), file);
        return Files.readAllBytes(file);
    }

    private static BufferedImage decoded(byte[] content) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(content));
    }

    @Test
    void aPhotoKeepsItsPixelsInOtherBytes() throws IOException {
        byte[] photo = photo();
        byte[] first = Variants.of(photo, 1);
        byte[] second = Variants.of(photo, 2);
        assertFalse(Arrays.equals(photo, first));
        assertFalse(Arrays.equals(first, second));
        assertArrayEquals(
                decoded(photo).getRGB(0, 0, 320, 240, null, 0, 320),
                decoded(first).getRGB(0, 0, 320, 240, null, 0, 320));
    }

    @Test
    void aPhotoStillEndsAsItDid() throws IOException {
        byte[] variant = Variants.of(photo(), 9_999);
        assertEquals(END[0], variant[variant.length - 2] & 0xff);
        assertEquals(END[1], variant[variant.length - 1] & 0xff);
    }

    @Test
    void anythingElseGetsALineAtItsEnd() {
        byte[] pdf = WrittenPdfs.pdf(1, 0);
        byte[] variant = Variants.of(pdf, 7);
        assertArrayEquals(pdf, Arrays.copyOf(variant, pdf.length));
        assertEquals(
                "\n% variant 0007\n",
                new String(variant, StandardCharsets.US_ASCII).substring(pdf.length));
    }

    @Test
    void aPhotoThatIsCutOffIsRefused() throws IOException {
        byte[] half = Arrays.copyOf(photo(), 400);
        assertThrows(LaunchException.class, () -> Variants.of(half, 1));
    }
}
