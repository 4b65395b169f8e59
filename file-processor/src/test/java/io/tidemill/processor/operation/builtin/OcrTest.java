package io.tidemill.processor.operation.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.processor.image.Samples;
import io.tidemill.processor.operation.Attempt;
import io.tidemill.processor.operation.Outcome;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class OcrTest {
    private static final String PDF = "application/pdf";

    @RegisterExtension static final Workbench BENCH = new Workbench();

    @TempDir Path folder;

    @Test
    void theTextInAnImageIsRead() throws Exception {
        byte[] png = Samples.encode(written("Tidemill turns files"), "png");
        Outcome.Done done = Workbench.done(run(png, "image/png", Map.of()));
        assertEquals("Tidemill turns files", text(done));
        assertTrue(Double.parseDouble(Workbench.figure(done, "confidence")) > 60);
        assertEquals(1, done.result().get("pages"));
    }

    @Test
    void aPhotoOnItsSideIsReadUpright() throws Exception {
        BufferedImage upright = written("Tidemill turns files");
        BufferedImage stored =
                new BufferedImage(
                        upright.getHeight(), upright.getWidth(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < stored.getHeight(); y++) {
            for (int x = 0; x < stored.getWidth(); x++) {
                stored.setRGB(x, y, upright.getRGB(y, upright.getHeight() - 1 - x));
            }
        }
        byte[] jpeg = Samples.withExif(Samples.encode(stored, "jpeg"), 8);
        BufferedImage left = written("Tidemill turns files");
        assertEquals(left.getWidth(), stored.getHeight());
        Outcome.Done done = Workbench.done(run(jpeg, "image/jpeg", Map.of()));
        assertEquals("Tidemill turns files", text(done));
    }

    @Test
    void aScannedPdfIsReadPageByPageAndMadeSearchable() throws Exception {
        byte[] scan = Pdfs.scanned(written("The first page"), written("And a second"));
        Outcome.Done done = Workbench.done(run(scan, PDF, Map.of("pdf", true)));
        assertEquals("The first page\fAnd a second", text(done).replaceAll("\\s*\f\\s*", "\f"));
        assertEquals(
                List.of(
                        new Workbench.Told(0, "page 1 of 2"),
                        new Workbench.Told(12, "page 1 of 2"),
                        new Workbench.Told(50, "page 2 of 2"),
                        new Workbench.Told(62, "page 2 of 2"),
                        new Workbench.Told(99, "page 2 of 2")),
                BENCH.progress);
        assertEquals("a-searchable.pdf", done.outputs().get(1).name());
        try (PDDocument pdf = Loader.loadPDF(done.outputs().get(1).file().toFile())) {
            assertEquals(2, pdf.getNumberOfPages());
            assertEquals(595, pdf.getPage(0).getMediaBox().getHeight(), 2);
            assertTrue(new PDFTextStripper().getText(pdf).contains("second"));
        }
    }

    @Test
    void aLanguageThatIsNotInstalledIsAWrongParameter() throws Exception {
        byte[] png = Samples.encode(written("x"), "png");
        Outcome outcome = run(png, "image/png", Map.of("languages", List.of("eng", "xxx")));
        assertEquals("INVALID_PARAMETER", Workbench.code(outcome));
    }

    @Test
    void badInputIsTyped() throws Exception {
        byte[] jpeg = Samples.encode(Samples.quarters(800, 600), "jpeg");
        assertEquals(
                "INVALID_INPUT",
                Workbench.code(run(Samples.firstHalf(jpeg), "image/jpeg", Map.of())));
        assertEquals(
                "LIMIT_EXCEEDED",
                Workbench.code(
                        run(Samples.emptyPng(60_000, 60_000, false), "image/png", Map.of())));
        assertEquals("UNSUPPORTED_TYPE", Workbench.code(run(new byte[9], "image/png", Map.of())));
        assertEquals(
                "PASSWORD_PROTECTED", Workbench.code(run(Pdfs.withPassword("x"), PDF, Map.of())));
        assertEquals("LIMIT_EXCEEDED", Workbench.code(run(Pdfs.empty(101), PDF, Map.of())));
    }

    @Test
    void withoutItsEngineItIsUnavailable() throws Exception {
        Attempt attempt = Workbench.attempt(folder, new byte[9], "a.png", "image/png");
        Outcome outcome = BENCH.operation(Tier.EMBEDDED, "ocr").run(attempt);
        assertEquals("OPERATION_UNAVAILABLE", Workbench.code(outcome));
    }

    private Outcome run(byte[] content, String type, Map<String, Object> parameters)
            throws IOException, InterruptedException {
        BENCH.progress.clear();
        Attempt attempt = Workbench.attempt(folder, content, "a.bin", type, parameters);
        return BENCH.operation(Tier.FULL, "ocr").run(BENCH.watched(attempt));
    }

    static BufferedImage written(String text) {
        BufferedImage image = new BufferedImage(700, 200, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 700, 200);
        graphics.setColor(Color.BLACK);
        graphics.setFont(new Font(Font.SERIF, Font.PLAIN, 48));
        graphics.drawString(text, 60, 110);
        graphics.dispose();
        return image;
    }

    private static String text(Outcome.Done done) throws IOException {
        String text = Files.readString(done.outputs().getFirst().file());
        return text.endsWith("\f") ? text.substring(0, text.length() - 1).strip() : text.strip();
    }
}
