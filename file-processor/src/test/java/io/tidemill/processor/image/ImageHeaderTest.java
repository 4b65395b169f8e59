package io.tidemill.processor.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageHeaderTest {
    /** One pixel each: lossy, lossless, and with an alpha channel in an extended file. */
    private static final String LOSSY_WEBP =
            "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA";

    private static final String LOSSLESS_WEBP = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==";

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({"jpeg, JPEG", "png, PNG", "gif, GIF", "tiff, TIFF"})
    void sizeAndFormatAreRead(String name, ImageFormat format) throws IOException {
        ImageHeader header = read(Samples.encode(Samples.quarters(300, 200), name)).orElseThrow();
        assertEquals(new ImageHeader(format, 300, 200), header);
    }

    @ParameterizedTest
    @ValueSource(strings = {LOSSY_WEBP, LOSSLESS_WEBP})
    void simpleWebpIsRead(String base64) throws IOException {
        ImageHeader header = read(Base64.getDecoder().decode(base64)).orElseThrow();
        assertEquals(new ImageHeader(ImageFormat.WEBP, 1, 1), header);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void exifOrientationIsReadFromJpegAndPng(int orientation) throws IOException {
        byte[] jpeg = Samples.encode(Samples.quarters(30, 20), "jpeg");
        byte[] png = Samples.encode(Samples.quarters(30, 20), "png");
        for (byte[] image :
                new byte[][] {
                    Samples.withExif(jpeg, orientation), Samples.pngWithExif(png, orientation)
                }) {
            ImageHeader header = read(image).orElseThrow();
            assertEquals(orientation, header.orientation());
            assertEquals(orientation < 5 ? 30 : 20, header.uprightWidth());
            assertEquals(orientation < 5 ? 20 : 30, header.uprightHeight());
        }
    }

    @Test
    void anOrientationThatDoesNotExistIsUpright() throws IOException {
        byte[] jpeg = Samples.encode(Samples.quarters(30, 20), "jpeg");
        assertEquals(1, read(Samples.withExif(jpeg, 9)).orElseThrow().orientation());
    }

    @Test
    void progressiveAndInterlacedAreTold() throws IOException {
        assertTrue(read(Samples.emptyPng(9, 9, true)).orElseThrow().progressive());
        assertFalse(read(Samples.emptyPng(9, 9, false)).orElseThrow().progressive());
        byte[] progressive = Samples.progressiveJpeg(Samples.quarters(64, 64));
        assertTrue(read(progressive).orElseThrow().progressive());
    }

    @Test
    void whatIsNoImageIsNone() throws IOException {
        assertEquals(Optional.empty(), read(new byte[0]));
        assertEquals(
                Optional.empty(),
                read("PK\3\4 zip".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png", "gif", "tiff"})
    void anyCutAndAnyDamageEndsInAHeaderOrATypedError(String name) throws IOException {
        byte[] whole = Samples.encode(Samples.quarters(40, 40), name);
        Random random = new Random(1);
        for (int length = 4; length < Math.min(whole.length, 300); length++) {
            byte[] cut = java.util.Arrays.copyOf(whole, length);
            cut[random.nextInt(length)] = (byte) random.nextInt();
            try {
                read(cut);
            } catch (DamagedImageException e) {
                assertFalse(String.valueOf(e.getMessage()).isBlank());
            }
        }
    }

    @Test
    void aHeaderThatIsCutOffIsDamaged() throws IOException {
        byte[] jpeg = Samples.encode(Samples.quarters(40, 40), "jpeg");
        assertThrows(DamagedImageException.class, () -> read(java.util.Arrays.copyOf(jpeg, 30)));
        assertThrows(DamagedImageException.class, () -> read(Samples.emptyPng(0, 5, false)));
    }

    @Test
    void aPageChainThatBitesItsTailEnds() throws IOException {
        byte[] tiff = {
            'I', 'I', '*', 0, 8, 0, 0, 0, 2, 0, 0, 1, 3, 0, 1, 0, 0, 0, 5, 0, 0, 0, 1, 1, 3, 0, 1,
            0, 0, 0, 5, 0, 0, 0, 8, 0, 0, 0
        };
        assertTrue(read(tiff).orElseThrow().frames() > 1_000);
    }

    private Optional<ImageHeader> read(byte[] bytes) throws IOException {
        return ImageHeader.read(Files.write(folder.resolve("in"), bytes));
    }
}
