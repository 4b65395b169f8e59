package io.tidemill.processor.operation.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.processor.image.Samples;
import io.tidemill.processor.operation.Attempt;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every operation that may take long tells how far it is, from what it has done. */
class OperationProgressTest {
    private static final String PDF = "application/pdf";

    @RegisterExtension static final Workbench BENCH = new Workbench();

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(Tier.class)
    void thumbnailCountsSizes(Tier tier) throws Exception {
        byte[] jpeg = Samples.encode(Samples.quarters(900, 600), "jpeg");
        List<Map<String, Object>> sizes =
                List.of(
                        Map.of("width", 300, "height", 200),
                        Map.of("width", 200, "height", 200),
                        Map.of("width", 100, "height", 200));
        run(tier, "thumbnail", jpeg, "image/jpeg", Map.of("sizes", sizes));
        assertSteady("size \\d of 3");
        assertEquals(
                List.of(
                        new Workbench.Told(0, "size 1 of 3"),
                        new Workbench.Told(33, "size 2 of 3"),
                        new Workbench.Told(66, "size 3 of 3")),
                BENCH.progress.stream().distinct().toList());
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void extractTextCountsThePagesOfAPdf(Tier tier) throws Exception {
        int pages = tier == Tier.FULL ? 400 : 20;
        run(tier, "extract-text", Pdfs.full(pages, 400), PDF, Map.of());
        assertSteady("page \\d+ of " + pages);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/csv", "text/plain"})
    void extractTextCountsTheBytesOfOtherTexts(String type) throws Exception {
        byte[] text = "one,two,three\n".repeat(300_000).getBytes(StandardCharsets.US_ASCII);
        run(Tier.EMBEDDED, "extract-text", text, type, Map.of());
        assertSteady("\\d of 5 MB");
        assertEquals(new Workbench.Told(99, "5 of 5 MB"), BENCH.progress.getLast());
    }

    @Test
    void ocrCountsThePagesOfAPdf() throws Exception {
        byte[] scan = Pdfs.scanned(OcrTest.written("one"), OcrTest.written("two"));
        run(Tier.FULL, "ocr", scan, PDF, Map.of());
        assertSteady("page \\d of 2");
    }

    @Test
    void ocrCountsThePagesOfATiff() throws Exception {
        run(
                Tier.FULL,
                "ocr",
                tiff(12, OcrTest.written("A page like any other")),
                "image/tiff",
                Map.of());
        assertSteady("page \\d+ of 12");
    }

    @Test
    void virusScanCountsBytes() throws Exception {
        run(Tier.EMBEDDED, "virus-scan", new byte[3_000_000], "image/png", Map.of());
        assertSteady("\\d of 3 MB");
    }

    @Test
    void noopCountsItsSteps() throws Exception {
        run(Tier.EMBEDDED, "noop", new byte[1], "text/plain", Map.of("durationMillis", 30));
        assertSteady("step \\d+ of 10");
    }

    private void run(
            Tier tier, String operation, byte[] content, String type, Map<String, Object> told)
            throws IOException, InterruptedException {
        BENCH.progress.clear();
        Attempt attempt = Workbench.attempt(folder, content, "a", type, told);
        Workbench.done(BENCH.operation(tier, operation).run(BENCH.watched(attempt)));
    }

    private static void assertSteady(String activity) {
        List<Workbench.Told> told = BENCH.progress;
        assertTrue(
                told.stream().allMatch(report -> report.activity().matches(activity)), "" + told);
        assertEquals(0, told.getFirst().percent());
        assertTrue(
                told.stream().anyMatch(report -> report.percent() > 0 && report.percent() < 99),
                "nothing between its begin and its end: " + told);
        List<Integer> percents = told.stream().map(Workbench.Told::percent).toList();
        assertEquals(percents.stream().sorted().toList(), percents, "it never falls");
    }

    private static byte[] tiff(int pages, BufferedImage page) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
        try (ImageOutputStream output = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(output);
            writer.prepareWriteSequence(null);
            for (int i = 0; i < pages; i++) {
                writer.writeToSequence(new IIOImage(page, null, null), null);
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
