package io.tidemill.processor.operation.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tidemill.processor.image.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class InspectTest {
    @RegisterExtension static final Workbench BENCH = new Workbench();

    @TempDir Path folder;

    @Test
    void anImageIsDescribedAsItLooksUpright() throws Exception {
        byte[] jpeg = Samples.encode(Samples.stored(300, 200, 6), "jpeg");
        Map<String, Object> result = inspect(Samples.withExif(jpeg, 6), "image/jpeg");
        assertEquals(
                Map.of(
                        "width", 300,
                        "height", 200,
                        "orientation", 6,
                        "progressive", false,
                        "frames", 1),
                result.get("image"));
        assertEquals(true, result.get("readable"));
        assertEquals(false, result.get("hasLocation"));
        assertEquals("Secret", metadata(result).get("Exif IFD0/Image Description"));
    }

    @Test
    void thePagesOfAPdfAreCounted() throws Exception {
        Map<String, Object> result = inspect(Pdfs.withText("a", "b"), "application/pdf");
        assertEquals(Map.of("pages", 2, "encrypted", false, "version", "1.6"), result.get("pdf"));
    }

    @Test
    void whatCannotBeReadIsPartOfTheResult() throws Exception {
        assertEquals(
                "PASSWORD_PROTECTED",
                problem(inspect(Pdfs.withPassword("user"), "application/pdf")));
        byte[] jpeg = Samples.encode(Samples.quarters(40, 40), "jpeg");
        byte[] cut = Arrays.copyOf(jpeg, 30);
        assertEquals("INVALID_INPUT", problem(inspect(cut, "image/jpeg")));
        assertEquals("INVALID_INPUT", problem(inspect(new byte[9], "application/pdf")));
    }

    @Test
    void aHugeImageIsDescribedWithoutDecodingIt() throws Exception {
        Map<String, Object> result = inspect(Samples.emptyPng(60_000, 60_000, false), "image/png");
        assertEquals("60000", String.valueOf(((Map<?, ?>) field(result, "image")).get("width")));
    }

    @Test
    void anyBytesHaveATypeASizeAndADigest() throws Exception {
        byte[] bytes = "PK\3\4 unknown".getBytes(StandardCharsets.ISO_8859_1);
        Map<String, Object> result = inspect(bytes, "application/octet-stream");
        assertEquals(
                Map.of(
                        "mediaType",
                        "application/octet-stream",
                        "size",
                        (long) bytes.length,
                        "sha256",
                        "0".repeat(64)),
                result);
        assertFalse(inspect(new byte[0], "application/x-empty").containsKey("problem"));
        assertFalse(inspect(bytes, "image/avif").containsKey("image"));
    }

    private Map<String, Object> inspect(byte[] content, String type)
            throws IOException, InterruptedException {
        return Workbench.done(
                        BENCH.operation(Tier.EMBEDDED, "inspect")
                                .run(Workbench.attempt(folder, content, "a", type)))
                .result();
    }

    private static Object problem(Map<String, Object> result) {
        assertEquals(false, result.get("readable"));
        return field((Map<?, ?>) field(result, "problem"), "code");
    }

    private static Map<?, ?> metadata(Map<String, Object> result) {
        return (Map<?, ?>) field(result, "metadata");
    }

    private static Object field(Map<?, ?> result, String name) {
        return Objects.requireNonNull(result.get(name), name);
    }
}
