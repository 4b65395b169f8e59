package io.tidemill.processor.operation.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.processor.operation.Attempt;
import io.tidemill.processor.operation.Outcome;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtractTextTest {
    private static final String PDF = "application/pdf";
    private static final String TEXT = "text/plain";
    private static final String CSV = "text/csv";

    @RegisterExtension static final Workbench BENCH = new Workbench();

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(Tier.class)
    void thePagesOfAPdfBecomeText(Tier tier) throws Exception {
        Outcome.Done done =
                Workbench.done(run(tier, Pdfs.withText("First page", "The second"), PDF));
        assertEquals("First page\n\fThe second\n\f", text(done).replaceAll("\n+", "\n"));
        assertEquals(2, done.result().get("pages"));
        assertEquals("4", String.valueOf(done.result().get("words")));
        assertEquals("a.txt", done.outputs().getFirst().name());
        assertEquals("text/plain", done.outputs().getFirst().mediaType());
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void aPdfThatNeedsAPasswordIsRefused(Tier tier) throws Exception {
        assertEquals(
                "PASSWORD_PROTECTED", Workbench.code(run(tier, Pdfs.withPassword("user"), PDF)));
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void aDamagedPdfIsInvalidInput(Tier tier) throws Exception {
        byte[] garbage = "%PDF-1.7\nnothing of the kind".getBytes(StandardCharsets.US_ASCII);
        assertEquals("INVALID_INPUT", Workbench.code(run(tier, garbage, PDF)));
        assertEquals("INVALID_INPUT", Workbench.code(run(tier, new byte[0], PDF)));
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void tooManyPagesBreakALimit(Tier tier) throws Exception {
        assertEquals("LIMIT_EXCEEDED", Workbench.code(run(tier, Pdfs.empty(501), PDF)));
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void pagesWithoutTextCountAsWell(Tier tier) throws Exception {
        Outcome.Done done = Workbench.done(run(tier, Pdfs.empty(500), PDF));
        assertEquals(500, done.result().get("pages"));
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void aGibibyteOfTextInAFewMebibytesBreaksALimitAndTheNextFileWorks(Tier tier) throws Exception {
        byte[] bomb = Pdfs.bomb(1_024);
        assertTrue(bomb.length < 8 * 1024 * 1024);
        assertEquals("LIMIT_EXCEEDED", Workbench.code(run(tier, bomb, PDF)));
        Workbench.done(run(tier, Pdfs.withText("still here"), PDF));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void plainTextBecomesUtf8WithoutByteOrderMark(String charset) throws Exception {
        String text = "Grüße, 世界 \ud83c\udf0a\n";
        byte[] bytes = ("\ufeff" + text).getBytes(Charset.forName(charset));
        Outcome.Done done = Workbench.done(run(Tier.EMBEDDED, bytes, TEXT));
        assertEquals(text, text(done));
        assertEquals("12", String.valueOf(done.result().get("characters")));
        assertEquals("3", String.valueOf(done.result().get("words")));
    }

    @Test
    void textInAnotherCharsetIsInvalidInput() throws Exception {
        byte[] latin = "Grüße".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals("INVALID_INPUT", Workbench.code(run(Tier.EMBEDDED, latin, TEXT)));
        assertEquals("INVALID_INPUT", Workbench.code(run(Tier.EMBEDDED, latin, CSV)));
    }

    @Test
    void anEmptyTextIsAnEmptyText() throws Exception {
        assertEquals("", text(Workbench.done(run(Tier.EMBEDDED, new byte[0], TEXT))));
        assertEquals("", text(Workbench.done(run(Tier.EMBEDDED, new byte[0], CSV))));
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void csvBecomesLinesWithTabs(String separator) throws Exception {
        String csv = "name;note\r\n\"Ann \"\"A\"\"\";\"two\r\nlines\"\r\nBob;\r\n";
        Outcome.Done done = Workbench.done(csv(csv.replace(";", separator)));
        assertEquals("name\tnote\nAnn \"A\"\ttwo lines\nBob\t\n", text(done));
        assertEquals("3", String.valueOf(done.result().get("rows")));
        assertEquals(2, done.result().get("columns"));
    }

    @Test
    void csvLimitsAreKept() throws Exception {
        assertEquals("LIMIT_EXCEEDED", Workbench.code(csv(",".repeat(500))));
        Workbench.done(csv(",".repeat(499)));
        assertEquals("LIMIT_EXCEEDED", Workbench.code(csv("a,\"" + "x".repeat(65_537) + "\"")));
        assertEquals("LIMIT_EXCEEDED", Workbench.code(csv("a,\"" + "x\n".repeat(3_000_000))));
    }

    @Test
    void anotherTypeIsUnsupported() throws Exception {
        assertEquals(
                "UNSUPPORTED_TYPE", Workbench.code(run(Tier.EMBEDDED, new byte[9], "image/png")));
    }

    private Outcome csv(String text) throws IOException, InterruptedException {
        return run(Tier.EMBEDDED, text.getBytes(StandardCharsets.UTF_8), CSV);
    }

    private Outcome run(Tier tier, byte[] content, String type)
            throws IOException, InterruptedException {
        Attempt attempt = Workbench.attempt(folder, content, "a.bin", type, Map.of());
        return BENCH.operation(tier, "extract-text").run(attempt);
    }

    private static String text(Outcome.Done done) throws IOException {
        List<Outcome.Output> outputs = done.outputs();
        return Files.readString(outputs.getFirst().file());
    }
}
