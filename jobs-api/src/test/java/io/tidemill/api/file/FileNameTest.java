package io.tidemill.api.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            attachment; filename=plain.txt                                   | plain.txt
            attachment; filename="two words.txt"                             | two words.txt
            attachment; FileName = "spaced.txt"                              | spaced.txt
            attachment; filename="a\\"b.txt"                                 | a"b.txt
            form-data; name="file"; filename="part.pdf"                      | part.pdf
            attachment; filename*=UTF-8''caf%C3%A9.pdf                       | café.pdf
            attachment; filename="old.pdf"; filename*=utf-8'de'gr%C3%BCn.pdf | grün.pdf
            attachment; filename*=UTF-8''100%25.txt                          | 100%.txt
            attachment; filename*=UTF-8''bad%zz%4.txt                        | bad%zz%4.txt
            attachment; filename="semi;colon.txt"                            | semi;colon.txt
            attachment; filename="../../etc/passwd"                          | passwd
            attachment; filename="a/b/c.txt"                                 | c.txt
            attachment; filename*=UTF-8''..%2F..%2Fetc%2Fshadow              | shadow
            attachment; filename="  padded.txt  "                            | padded.txt
            """)
    void theNameIsReadFromTheField(String field, String name) {
        assertEquals(name, FileName.of(field));
    }

    @Test
    void aWindowsPathIsCutOff() {
        assertEquals("evil.exe", FileName.clean("C:\\Users\\me\\evil.exe"));
    }

    @Test
    void aBackslashBeforeAnythingButAQuoteOrABackslashIsAFolderAsOldBrowsersSendIt() {
        assertEquals("c.txt", FileName.of("attachment; filename=\"C:\\b\\c.txt\""));
        assertEquals("b.txt", FileName.of("attachment; filename=\"a\\\\b.txt\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attachment",
                "attachment; filename=\"\"",
                "attachment; filename=\"..\"",
                "attachment; filename=\"../..\"",
                "attachment; filename=\"a/\"",
                "attachment; filename=\"   \"",
                "attachment; filename*=UTF-8''%00%0d%0a",
                "attachment; filename*=UTF-8''%E2%80%AE",
                "attachment; filename=",
                "",
                ";;;"
            })
    void aFieldWithoutAUsableNameGivesUnnamed(String field) {
        assertEquals(FileName.UNNAMED, FileName.of(field));
    }

    @Test
    void noFieldGivesUnnamed() {
        assertEquals(FileName.UNNAMED, FileName.of(null));
    }

    @Test
    void charactersNobodySeesAreLeftOut() {
        assertEquals("ab.txt", FileName.clean("a\r\nb\u0000.txt"));
        assertEquals("invoicefdp.exe", FileName.clean("invoice\u202efdp.exe"));
        assertEquals("ab", FileName.clean("a\u2028\u2066\u200f\ufeff\u007f\u0085b"));
        assertEquals("ab", FileName.clean("a\ud800b"), "half a surrogate pair");
    }

    @Test
    void aHeaderSplitInTwoDoesNotSplitTheName() {
        assertEquals("ab.txt", FileName.of("attachment; filename*=UTF-8''a%0D%0ab.txt"));
    }

    @Test
    void aVeryLongNameKeepsItsExtension() {
        String name = FileName.clean("x".repeat(4_096) + ".jpeg");
        assertEquals(255, name.length());
        assertTrue(name.endsWith("xx.jpeg"));
        assertEquals(255, FileName.clean("x".repeat(4_096)).length());
        assertEquals(
                255,
                FileName.of("attachment; filename=\"" + "\\\"".repeat(100_000) + "\"").length());
        assertEquals(255, FileName.clean("a." + "x".repeat(4_096)).length());
    }

    @Test
    void anEmojiAtTheCutIsLeftOutWhole() {
        String name = FileName.clean("x".repeat(250) + "\ud83d\ude00\ud83d\ude00.jpg");
        assertTrue(name.length() <= 255);
        assertEquals(name, roundTrip(name));
        assertTrue(name.endsWith(".jpg"));
    }

    @Test
    void noCutLeavesHalfASurrogatePairAnywhere() {
        for (int ahead = 230; ahead < 260; ahead++) {
            String smiles = "\ud83d\ude00".repeat(20);
            String name = FileName.clean("x".repeat(ahead) + smiles + "." + smiles.substring(0, 8));
            assertEquals(name, roundTrip(name), "after " + ahead);
            assertTrue(name.length() <= 255);
        }
    }

    private static String roundTrip(String name) {
        return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    @Test
    void utf8SentAsLatin1IsPutRight() {
        String sent =
                new String(
                        "grün☀.txt".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertEquals("grün☀.txt", FileName.of("attachment; filename=\"" + sent + "\""));
        assertEquals("grün.txt", FileName.of("attachment; filename=\"grün.txt\""));
    }

    @Test
    void aPartIsAFileWhenItNamesOne() {
        assertTrue(FileName.isPresent("form-data; name=\"f\"; filename=\"a\""));
        assertTrue(FileName.isPresent("form-data; name=\"f\"; FILENAME*=utf-8''a"));
        assertFalse(FileName.isPresent("form-data; name=\"f\""));
        assertFalse(FileName.isPresent(null));
    }
}
