package io.tidemill.processor.operation.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.processor.image.ImageFormat;
import io.tidemill.processor.image.ImageHeader;
import io.tidemill.processor.image.Samples;
import io.tidemill.processor.operation.Attempt;
import io.tidemill.processor.operation.Outcome;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ThumbnailTest {
    @RegisterExtension static final Workbench BENCH = new Workbench();

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(Tier.class)
    void insideKeepsTheShapeCoverFillsTheBoxAndNothingIsEnlarged(Tier tier) throws Exception {
        byte[] jpeg = Samples.encode(Samples.quarters(400, 300), "jpeg");
        Map<String, Object> sizes =
                sizes(box(100, 100, "inside"), box(100, 100, "cover"), box(999, 999, "inside"));
        Outcome.Done done = Workbench.done(run(tier, jpeg, sizes));
        assertEquals(List.of("100x75", "100x100", "400x300"), dimensions(done));
        assertEquals(
                List.of("a-100x100.jpg", "a-100x100-cover.jpg", "a-999x999.jpg"),
                done.outputs().stream().map(Outcome.Output::name).toList());
        assertEquals(
                List.of("image/jpeg"),
                done.outputs().stream().map(Outcome.Output::mediaType).distinct().toList());
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void everyExifOrientationComesOutUpright(Tier tier) throws Exception {
        for (int orientation = 1; orientation <= 8; orientation++) {
            byte[] jpeg = Samples.encode(Samples.stored(120, 80, orientation), "jpeg");
            byte[] photo = Samples.withExif(jpeg, orientation);
            Outcome.Done done = Workbench.done(run(tier, photo, sizes(box(60, 60, "inside"))));
            assertEquals(List.of("60x40"), dimensions(done), "orientation " + orientation);
            assertUpright(ImageIO.read(done.outputs().getFirst().file().toFile()), orientation);
        }
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void aPngWithExifComesOutUpright(Tier tier) throws Exception {
        byte[] png = Samples.encode(Samples.stored(120, 80, 6), "png");
        Outcome.Done done =
                Workbench.done(
                        run(tier, Samples.pngWithExif(png, 6), sizes(box(60, 60, "inside"))));
        assertUpright(ImageIO.read(done.outputs().getFirst().file().toFile()), 6);
    }

    private static void assertUpright(BufferedImage image, int orientation) {
        assertEquals(Samples.TOP_LEFT, nearest(image, 0.25, 0.25), "orientation " + orientation);
        assertEquals(Samples.TOP_RIGHT, nearest(image, 0.75, 0.25), "orientation " + orientation);
        assertEquals(Samples.BOTTOM_LEFT, nearest(image, 0.25, 0.75), "orientation " + orientation);
        assertEquals(
                Samples.BOTTOM_RIGHT, nearest(image, 0.75, 0.75), "orientation " + orientation);
    }

    private static Color nearest(BufferedImage image, double x, double y) {
        Color seen =
                new Color(
                        image.getRGB((int) (image.getWidth() * x), (int) (image.getHeight() * y)));
        return new Color(
                seen.getRed() > 127 ? 255 : 0,
                seen.getGreen() > 127 ? 255 : 0,
                seen.getBlue() > 127 ? 255 : 0);
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void metadataIsStripped(Tier tier) throws Exception {
        byte[] jpeg = Samples.encode(Samples.quarters(120, 80), "jpeg");
        Outcome.Done done =
                Workbench.done(run(tier, Samples.withExif(jpeg, 1), sizes(box(60, 60, "inside"))));
        byte[] copy = Files.readAllBytes(done.outputs().getFirst().file());
        assertFalse(new String(copy, StandardCharsets.ISO_8859_1).contains("Secret"));
    }

    /** The same numbers mean another grey where the image says that they are linear light. */
    @Test
    void coloursAreWhatTheProfileSaysAndSrgbWithoutOne() throws Exception {
        BufferedImage grey = new BufferedImage(90, 60, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = grey.createGraphics();
        graphics.setColor(new Color(128, 128, 128));
        graphics.fillRect(0, 0, 90, 60);
        graphics.dispose();
        byte[] plain = Samples.encode(grey, "png");
        byte[] linear =
                Samples.pngWithProfile(plain, ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB));
        assertEquals(128, greyOf(plain), 2);
        assertEquals(188, greyOf(linear), 2);
    }

    private int greyOf(byte[] image) throws Exception {
        Outcome.Done done = Workbench.done(run(Tier.FULL, image, sizes(box(30, 30, "inside"))));
        BufferedImage copy = ImageIO.read(done.outputs().getFirst().file().toFile());
        return new Color(copy.getRGB(15, 10)).getGreen();
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void gifAndTiffAndTransparentPngAreRead(Tier tier) throws Exception {
        BufferedImage transparent = new BufferedImage(90, 60, BufferedImage.TYPE_INT_ARGB);
        for (byte[] image :
                List.of(
                        Samples.encode(Samples.quarters(90, 60), "gif"),
                        Samples.encode(Samples.quarters(90, 60), "tiff"),
                        Samples.encode(transparent, "png"))) {
            Outcome.Done done = Workbench.done(run(tier, image, sizes(box(30, 30, "inside"))));
            assertEquals(List.of("30x20"), dimensions(done));
        }
        BufferedImage onWhite = ImageIO.read(folder.resolve("copy-0.jpg").toFile());
        assertEquals(Color.WHITE, nearest(onWhite, 0.5, 0.5));
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void pngComesOutAsPng(Tier tier) throws Exception {
        byte[] png = Samples.encode(Samples.quarters(90, 60), "png");
        Outcome.Done done = Workbench.done(run(tier, png, Map.of("format", "png")));
        Path copy = done.outputs().getFirst().file();
        assertEquals(ImageFormat.PNG, ImageHeader.read(copy).orElseThrow().format());
    }

    @Test
    void webpIsWrittenByTheFullTier() throws Exception {
        byte[] png = Samples.encode(Samples.quarters(90, 60), "png");
        Outcome.Done done = Workbench.done(run(Tier.FULL, png, Map.of("format", "webp")));
        Path copy = done.outputs().getFirst().file();
        assertEquals(ImageFormat.WEBP, ImageHeader.read(copy).orElseThrow().format());
    }

    @Test
    void webpOutputIsUnavailableInTheEmbeddedTier() throws Exception {
        byte[] png = Samples.encode(Samples.quarters(90, 60), "png");
        Outcome outcome = run(Tier.EMBEDDED, png, Map.of("format", "webp"));
        assertEquals("OPERATION_UNAVAILABLE", Workbench.code(outcome));
        assertTrue(((Outcome.Broken) outcome).failure().detail().contains("./tidemill engines"));
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void aTruncatedImageIsInvalidInput(Tier tier) throws Exception {
        for (String format : List.of("jpeg", "png", "gif")) {
            byte[] half = Samples.firstHalf(Samples.encode(Samples.quarters(800, 600), format));
            Outcome outcome = run(tier, half, sizes(box(60, 60, "inside")));
            assertEquals("INVALID_INPUT", Workbench.code(outcome), format);
        }
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void limitsAreCheckedFromTheHeaderAlone(Tier tier) throws Exception {
        byte[] huge = Samples.emptyPng(60_000, 60_000, false);
        assertEquals(74, huge.length);
        for (byte[] image :
                List.of(
                        huge,
                        Samples.emptyPng(16_385, 1, false),
                        Samples.emptyPng(8_000, 7_000, false),
                        Samples.emptyPng(5_000, 4_000, true))) {
            assertEquals("LIMIT_EXCEEDED", Workbench.code(run(tier, image, Map.of())));
        }
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void pixelsThatAreNotThereAreInvalidInput(Tier tier) throws Exception {
        byte[] hollow = Samples.emptyPng(4_000, 3_000, false);
        assertEquals("INVALID_INPUT", Workbench.code(run(tier, hollow, Map.of())));
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void aZipNamedJpgIsAnUnsupportedType(Tier tier) throws Exception {
        byte[] zip = "PK\3\4 and so on".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals("UNSUPPORTED_TYPE", Workbench.code(run(tier, zip, Map.of())));
        assertEquals("UNSUPPORTED_TYPE", Workbench.code(run(tier, new byte[0], Map.of())));
    }

    private Outcome run(Tier tier, byte[] image, Map<String, Object> parameters)
            throws IOException, InterruptedException {
        Attempt attempt = Workbench.attempt(folder, image, "../x/a.jpeg", "image/jpeg", parameters);
        return BENCH.operation(tier, "thumbnail").run(attempt);
    }

    @SafeVarargs
    private static Map<String, Object> sizes(Map<String, Object>... sizes) {
        return Map.of("sizes", List.of(sizes));
    }

    private static Map<String, Object> box(int width, int height, String fit) {
        return Map.of("width", width, "height", height, "fit", fit);
    }

    private static List<String> dimensions(Outcome.Done done) throws IOException {
        List<String> found = new java.util.ArrayList<>();
        for (Outcome.Output output : done.outputs()) {
            ImageHeader header = ImageHeader.read(output.file()).orElseThrow();
            found.add(header.width() + "x" + header.height());
        }
        return found;
    }
}
