package io.tidemill.storage.type;

import static io.tidemill.storage.type.Samples.bytes;
import static io.tidemill.storage.type.Samples.declaredZip;
import static io.tidemill.storage.type.Samples.ebml;
import static io.tidemill.storage.type.Samples.ftyp;
import static io.tidemill.storage.type.Samples.gzip;
import static io.tidemill.storage.type.Samples.image;
import static io.tidemill.storage.type.Samples.mp3;
import static io.tidemill.storage.type.Samples.ogg;
import static io.tidemill.storage.type.Samples.padded;
import static io.tidemill.storage.type.Samples.riff;
import static io.tidemill.storage.type.Samples.tar;
import static io.tidemill.storage.type.Samples.text;
import static io.tidemill.storage.type.Samples.transportStream;
import static io.tidemill.storage.type.Samples.zip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypes;
import org.apache.tika.parser.ParseContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares with Apache Tika: where both should agree, and where we differ on purpose. */
class MediaTypesOracleTest {
    private static final MimeTypes TIKA = MimeTypes.getDefaultMimeTypes();

    @ParameterizedTest(name = "{0}")
    @MethodSource("agreed")
    void bothAgree(String expected, byte[] content) throws IOException {
        assertEquals(expected, ours(content));
        assertEquals(expected, tikas(content));
    }

    static Stream<Arguments> agreed() throws IOException {
        return Stream.of(
                arguments("image/jpeg", image("jpeg")),
                arguments("image/png", image("png")),
                arguments("image/gif", image("gif")),
                arguments("image/tiff", image("tiff")),
                arguments("image/tiff", padded("MM\0*\0\0\0\u0008", 64)),
                arguments("image/bmp", image("bmp")),
                arguments("image/webp", riff("WEBP")),
                arguments("image/avif", ftyp("avif", "avif", "mif1", "miaf")),
                arguments("image/heic", ftyp("heic", "mif1", "heic")),
                arguments(
                        "image/svg+xml",
                        text("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>")),
                arguments("image/svg+xml", text("<svg xmlns=\"http://www.w3.org/2000/svg\"/>")),
                arguments("application/pdf", text("%PDF-1.7\n%\u00e2\u00e3\n1 0 obj\n")),
                arguments("application/rtf", text("{\\rtf1\\ansi hello}")),
                arguments("application/zip", zip("a.txt", "b.txt")),
                arguments("application/epub+zip", declaredZip("application/epub+zip")),
                arguments(
                        "application/vnd.oasis.opendocument.text",
                        declaredZip("application/vnd.oasis.opendocument.text")),
                arguments("application/gzip", gzip()),
                arguments("application/x-bzip2", padded("BZh91AY&SY", 64)),
                arguments("application/x-xz", padded("\u00fd7zXZ\0", 64)),
                arguments("application/zstd", padded("(\u00b5/\u00fd", 64)),
                arguments("application/x-7z-compressed", padded("7z\u00bc\u00af'\u001c", 64)),
                arguments("video/mp4", ftyp("mp42", "isom")),
                arguments("video/quicktime", ftyp("qt  ")),
                arguments("video/quicktime", padded("\0\0\0\u0008wide\0\0\u0010\0mdat", 64)),
                arguments("video/x-msvideo", riff("AVI ")),
                arguments("audio/vnd.wave", riff("WAVE")),
                arguments("audio/mpeg", mp3()),
                arguments("audio/mpeg", padded("ID3\u0004", 64)),
                arguments("audio/x-flac", padded("fLaC\0\0\0\"", 64)),
                arguments("text/html", text("<!DOCTYPE html><html><body>hi</body></html>")),
                arguments("text/html", text("<html><head><title>t</title></head></html>")),
                arguments("application/xml", text("<?xml version=\"1.0\"?><feed/>")),
                arguments("text/plain", text("Hello, world.\nThis is prose, indeed.\n")),
                arguments("text/plain", text("Grüße aus Köln\n")),
                arguments("text/plain", "hello".getBytes(StandardCharsets.UTF_16)),
                arguments("application/octet-stream", bytes("\u0001\u0002\u0003\u0004\0\u0005")));
    }

    @ParameterizedTest(name = "{0} where Tika says {1}: {2}")
    @MethodSource("different")
    void weDifferOnPurpose(String ours, String tikas, String reason, byte[] content)
            throws IOException {
        assertEquals(ours, ours(content), reason);
        assertEquals(tikas, tikas(content), reason);
    }

    static Stream<Arguments> different() throws IOException {
        String ooxml = "application/vnd.openxmlformats-officedocument.";
        return Stream.of(
                arguments(
                        "text/csv",
                        "text/plain",
                        "tables are worth telling from prose",
                        text("a,b\n1,2\n")),
                arguments(
                        "application/json",
                        "text/plain",
                        "JSON is checked, not guessed from a name",
                        text("{\"a\":[1,2]}")),
                arguments(
                        ooxml + "wordprocessingml.document",
                        "application/x-tika-ooxml",
                        "the first entries already tell",
                        zip("[Content_Types].xml", "_rels/.rels", "word/document.xml")),
                arguments(
                        "application/java-archive",
                        "application/zip",
                        "the first entries already tell",
                        zip("META-INF/", "META-INF/MANIFEST.MF")),
                arguments(
                        "image/tiff",
                        "application/octet-stream",
                        "readers of TIFF read BigTIFF",
                        padded("II+\0\u0008\0\0\0\u0010", 64)),
                arguments(
                        "application/x-tar",
                        "application/x-gtar",
                        "dialects do not matter",
                        tar("ustar  \0")),
                arguments(
                        "application/x-tar",
                        "application/octet-stream",
                        "the checksum shows the oldest dialect, too",
                        tar("")),
                arguments(
                        "audio/ogg",
                        "audio/vorbis",
                        "the registered name of the container",
                        ogg("\u0001vorbis")),
                arguments(
                        "video/mp4",
                        "video/quicktime",
                        "the base brand means MPEG-4 today",
                        ftyp("isom", "isom", "mp41")),
                arguments(
                        "video/webm",
                        "application/x-matroska",
                        "the header already tells",
                        ebml("webm")),
                arguments(
                        "video/x-matroska",
                        "application/x-matroska",
                        "video/ says what it is for",
                        ebml("matroska")),
                arguments(
                        "text/plain",
                        "application/octet-stream",
                        "short notes in Latin-1 are text",
                        bytes("Gr\u00fc\u00dfe aus K\u00f6ln, sagt er.\n")),
                arguments(
                        "video/mp2t",
                        "application/octet-stream",
                        "packets in a row are sign enough",
                        transportStream(0)));
    }

    private static String ours(byte[] content) {
        return MediaTypes.detect(content, content.length, "");
    }

    private static String tikas(byte[] content) throws IOException {
        try (TikaInputStream in = TikaInputStream.get(content)) {
            return TIKA.detect(in, new Metadata(), new ParseContext()).toString();
        }
    }
}
