package io.tidemill.storage.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypesTest {
    private static final String UNKNOWN = "application/octet-stream";

    @Test
    void noBytesAreEmptyWhateverTheName() {
        assertEquals("application/x-empty", detect(new byte[0], "table.csv"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("binaries")
    void binaryFormatsAreToldByTheirBytes(String expected, byte[] content) {
        assertEquals(expected, detect(content, ""));
        assertEquals(expected, detect(content, "liar.csv"), "the name must not matter");
    }

    static Stream<Arguments> binaries() throws IOException {
        String ooxml = "application/vnd.openxmlformats-officedocument.";
        return Stream.of(
                arguments("image/tiff", Samples.padded("MM\0+\0\u0008\0\0", 64)),
                arguments("image/avif", Samples.ftyp("mif1", "mif1", "avif")),
                arguments("image/heic", Samples.ftyp("mif1", "mif1", "heic")),
                arguments("image/heif", Samples.ftyp("mif1", "mif1")),
                arguments("image/webp", Samples.bytes("RIFF@\0\0\0WEBP<svg xmlns='x'>")),
                arguments("image/jxl", Samples.bytes("\u00ff\n\0\u0001\u0002\u0003")),
                arguments("application/pdf", Samples.bytes("\0\u0001\u0002%PDF-1.4\n")),
                arguments("application/pdf", Samples.text("@PJL SET X=1\r\n%PDF-1.4\n")),
                arguments("application/pdf", Samples.text("\ufeff%PDF-1.4\n")),
                arguments("application/pdf", Samples.text("\n".repeat(1000) + "%PDF-1.4\n")),
                arguments("application/zip", Samples.padded("PK\u0005\u0006", 22)),
                arguments("application/zip", Samples.declaredZip("text/html")),
                arguments(
                        ooxml + "spreadsheetml.sheet",
                        Samples.zip("_rels/.rels", "docProps/app.xml", "xl/workbook.xml")),
                arguments(
                        ooxml + "presentationml.presentation",
                        Samples.zip("[Content_Types].xml", "ppt/presentation.xml")),
                arguments("application/zip", Samples.zip("word/document.xml")),
                arguments("video/ogg", Samples.ogg("\u0080theora")),
                arguments("audio/ogg", Samples.ogg("OpusHead")),
                arguments("application/ogg", Samples.ogg("fishead\0")),
                arguments("audio/mp4", Samples.ftyp("M4A ", "isom")),
                arguments("video/3gpp", Samples.ftyp("3gp4")),
                arguments("video/mp2t", Samples.transportStream(4)),
                arguments(UNKNOWN, Samples.bytes("text and then\0 a NUL")),
                arguments(UNKNOWN, Samples.bytes("\u00ff\u00fb\u0090\0 one frame and noise")),
                arguments(UNKNOWN, Samples.bytes("\u001a")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,b\n1,2",
                "a,b\r\n1,2\r\n\r\n",
                "\ufeffname;city\nAda;London\n",
                "name\tcity\nAda\tLondon\n",
                "a,b\n1,\"ha \"\"ha\"\"\nha\"\n",
                "a,b,c\n1,,\n2,,\n",
                "a,b,c\n1,\"\",\"\"\n2,3,4",
                "name, age\nAda, 36\nBob, 7\n",
                "place;price\nKöln;1,50\nBonn;2,75\n"
            })
    void tablesAreCsv(String content) {
        assertEquals("text/csv", detect(content));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "x",
                "a,b\n",
                "Hello, world. This is prose, indeed.\n",
                "Roses are red, violets are blue,\nSugar is sweet, and so are you,\n",
                "Dear John,\nthank you,\n",
                "a,b\n1,2,3\n",
                "a,b\n\n1,2\n",
                "a,b\n1,\"never closed\n",
                "a,b\n1,x \"y\" z\n",
                "The header of a PDF is %PDF-1.4, as you know.\n",
                "GIF is a format; PNG is one, too\n",
                "BMW makes cars",
                "[section]\nkey = value\n",
                "{ not json }",
                "[1] a footnote",
                "{\"cut\":",
                "<3 hearts",
                "<note>no declaration</note>"
            })
    void otherTextIsPlain(String content) {
        assertEquals("text/plain", detect(content));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                " {\"a\": [1, -2.5e3, true, null, \"x\\u00e9\\n\"], \"b\": {}}\n",
                "[[[[{\"a\":[]}]]]]"
            })
    void jsonIsChecked(String content) {
        assertEquals("application/json", detect(content));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1,]", "{\"a\"}", "{\"a\":1]", "[01]", "[tru]", "{} {}", "[1][2]"})
    void whatIsNotQuiteJsonIsText(String content) {
        assertEquals("text/plain", detect(content));
    }

    @Test
    void jsonValuesOnLinesOfTheirOwnAreNdjson() {
        assertEquals("application/x-ndjson", detect("{\"a\":1,\"b\":2}\n{\"a\":3,\"b\":4}\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": \"", "[1, 2, tr", "[{\"a\": 12", "[\"\\", "[["})
    void jsonMayBeCutByTheEndOfTheHead(String head) {
        byte[] bytes = Samples.text(head);
        assertEquals("application/json", MediaTypes.detect(bytes, bytes.length + 1000L, ""));
    }

    @Test
    void aRecordCutByTheEndOfTheHeadDoesNotCount() {
        byte[] head = Samples.text("a,b,c\n1,2,3\n4,\"5");
        assertEquals("text/csv", MediaTypes.detect(head, 1_000_000, ""));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("markup")
    void markupIsToldByItsRoot(String expected, String content) {
        assertEquals(expected, detect(content));
        byte[] utf16 = content.getBytes(StandardCharsets.UTF_16);
        assertEquals(expected, detect(utf16, ""));
    }

    static Stream<Arguments> markup() {
        return Stream.of(
                arguments("image/svg+xml", "<!-- made by hand -->\n<svg width='1'/>"),
                arguments("image/svg+xml", "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a 'b'>]>"),
                arguments("image/svg+xml", "<s:svg xmlns:s='http://www.w3.org/2000/svg'/>"),
                arguments("application/xml", "<?xml version='1.0'?><!-- <svg> --><a><svg/></a>"),
                arguments("application/xml", "<!DOCTYPE feed><feed/>"),
                arguments("application/xml", "<?xml version='1.0'?>"),
                arguments("application/xhtml+xml", "<?xml version='1.0'?><html/>"),
                arguments("text/html", "<!doctype HTML>\n"),
                arguments("text/html", "<!-- a --><!-- b --><BODY class='x'>"),
                arguments("text/html", "<p>hello</p>"));
    }

    @ParameterizedTest(name = "{0} as {1} is {2}")
    @MethodSource("names")
    void theNameDecidesOnlyBetweenPlainTextAndCsv(String content, String name, String expected) {
        assertEquals(expected, detect(Samples.text(content), name));
    }

    static Stream<Arguments> names() {
        return Stream.of(
                arguments("one column\nonly\n", "names.CSV", "text/csv"),
                arguments("prose, with a comma", "prose.tsv", "text/csv"),
                arguments("12:00:01,5 start\n12:00:02,7 end\n", "server.log", "text/plain"),
                arguments("a,b\n1,2\n", "table.unknown", "text/csv"),
                arguments("a,b\n1,2\n", "csv.", "text/csv"),
                arguments("plain", "photo.jpg", "text/plain"),
                arguments("{}", "table.csv", "application/json"),
                arguments("<svg/>", "drawing.txt", "image/svg+xml"));
    }

    @Test
    void aCharacterCutByTheEndOfTheHeadIsNoFault() {
        byte[] head = Arrays.copyOf(Samples.text("ääää"), 7);
        assertEquals("text/plain", MediaTypes.detect(head, 8, ""));
    }

    @Test
    void mostlyHighBytesAreNoText() {
        assertEquals(UNKNOWN, detect(Samples.bytes("\u00e4\u00f6\u00fc\u00df ab"), ""));
    }

    /** Whatever arrives, there is an answer: cut anywhere, damaged anywhere. */
    @Test
    void damagedHeadsAlwaysGetAnAnswer() throws IOException {
        Random random = new Random(7);
        List<byte[]> samples =
                Stream.of(binaries(), MediaTypesOracleTest.agreed())
                        .flatMap(all -> all)
                        .map(arguments -> (byte[]) arguments.get()[1])
                        .toList();
        for (byte[] sample : samples) {
            for (int i = 0; i < 300; i++) {
                byte[] damaged = Arrays.copyOf(sample, 1 + random.nextInt(sample.length));
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                assertFalse(detect(damaged, "").isEmpty());
                assertFalse(MediaTypes.detect(damaged, 1 << 20, "").isEmpty());
            }
        }
    }

    private static String detect(String content) {
        return detect(Samples.text(content), "");
    }

    private static String detect(byte[] content, String name) {
        return MediaTypes.detect(content, content.length, name);
    }
}
