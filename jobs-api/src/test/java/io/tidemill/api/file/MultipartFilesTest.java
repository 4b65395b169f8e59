package io.tidemill.api.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tidemill.api.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartFilesTest {
    private static final String TYPE = "multipart/form-data; boundary=XX";

    private static Map<String, String> read(String type, String body) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        MultipartFiles.read(
                type,
                new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)),
                (name, bytes) ->
                        files.put(name, new String(bytes.readAllBytes(), StandardCharsets.UTF_8)));
        return files;
    }

    private static String part(String disposition, String body) {
        return "--XX\r\nContent-Disposition: form-data; "
                + disposition
                + "\r\nContent-Type: text/plain\r\n\r\n"
                + body
                + "\r\n";
    }

    @Test
    void everyFileIsHandedOverInOrderAndFieldsAreNot() throws IOException {
        String body =
                part("name=\"file\"; filename=\"a.txt\"", "first")
                        + part("name=\"comment\"", "no file")
                        + part("name=\"file\"; filename=\"grün.txt\"", "zwei\r\n--X nearly")
                        + part("name=\"file\"; filename=\"empty\"", "")
                        + "--XX--\r\n";
        assertEquals(
                Map.of("a.txt", "first", "grün.txt", "zwei\r\n--X nearly", "empty", ""),
                read(TYPE, body));
        assertEquals("[a.txt, grün.txt, empty]", read(TYPE, body).keySet().toString());
    }

    @Test
    void aQuotedBoundaryAndAPreambleAreUnderstood() throws IOException {
        String body =
                "ignore me\r\n" + part("name=\"f\"; filename=\"a\"", "x") + "--XX--\r\nand me";
        assertEquals(
                Map.of("a", "x"),
                read("Multipart/Form-Data; charset=utf-8; Boundary=\"XX\"", body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no boundary anywhere",
                "--XX",
                "--XX--\r\n",
                "--XY\r\nContent-Disposition: form-data; filename=\"a\"\r\n\r\nx\r\n--XY--\r\n"
            })
    void aBodyWithoutAnyPartOfThatBoundaryHasNoFiles(String body) throws IOException {
        assertEquals(Map.of(), read(TYPE, body));
    }

    @Test
    void aFileNotReadToItsEndDoesNotDisturbTheNext() throws IOException {
        String body =
                part("name=\"f\"; filename=\"a\"", "x".repeat(100_000))
                        + part("name=\"f\"; filename=\"b\"", "y")
                        + "--XX--\r\n";
        Map<String, Integer> firstBytes = new LinkedHashMap<>();
        MultipartFiles.read(
                TYPE,
                new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)),
                (name, bytes) -> firstBytes.put(name, bytes.read()));
        assertEquals(Map.of("a", (int) 'x', "b", (int) 'y'), firstBytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--XX\r\n",
                "--XX\r\n\r\nno header\r\n--XX--\r\n",
                "--XX\r\nContent-Disposition: form-data; filename=\"a\"\r\n",
                "--XX\r\nContent-Disposition: form-data; filename=\"a\"\r\n\r\ncut off",
                "--XX\r\nContent-Disposition: form-data; filename=\"a\"\r\n\r\ncut off\r\n--X",
                "--XX\r\nContent-Disposition: form-data; filename=\"a\"\r\n\r\nwhole\r\n--XX\r\n"
            })
    void aBodyThatIsCutOffIsMalformed(String body) {
        assertMalformed(TYPE, body);
    }

    @Test
    void headersWithoutEndAreMalformed() {
        assertMalformed(TYPE, "--XX\r\nContent-Disposition: " + "x".repeat(100_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data", "multipart/form-data; boundary="})
    void aTypeWithoutBoundaryIsMalformed(String type) {
        assertMalformed(type, part("filename=\"a\"", "x") + "--XX--\r\n");
    }

    private static void assertMalformed(String type, String body) {
        assertEquals(400, assertThrows(ProblemException.class, () -> read(type, body)).status());
    }
}
