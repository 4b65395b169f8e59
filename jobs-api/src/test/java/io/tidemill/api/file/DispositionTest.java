package io.tidemill.api.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DispositionTest {
    @Test
    void bothFormsOfTheNameAreGiven() {
        assertEquals(
                "attachment; filename=\"invoice.pdf\"; filename*=UTF-8''invoice.pdf",
                Disposition.attachment("invoice.pdf"));
        assertEquals(
                "attachment; filename=\"caf_ 1.pdf\"; filename*=UTF-8''caf%C3%A9%201.pdf",
                Disposition.attachment("café 1.pdf"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\"; filename=\"evil.html",
                "100%.txt",
                "semi;colon=.txt",
                "a'b*c.txt",
                "\ud83d\ude00 smile.png",
                "日本語.txt",
                "x"
            })
    void whateverTheNameItStaysOneFieldAndComesBack(String name) {
        String field = Disposition.attachment(name);
        assertTrue(field.matches("[\\x20-\\x7e]+"), field);
        assertEquals(name, FileName.of(field));
    }

    @Test
    void theLongestNameFitsIntoTheField() {
        assertTrue(Disposition.attachment("語".repeat(255)).length() < 16_384);
    }
}
