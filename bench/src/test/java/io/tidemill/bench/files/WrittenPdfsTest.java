package io.tidemill.bench.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WrittenPdfsTest {
    private final String pdf = new String(WrittenPdfs.pdf(3, 1), StandardCharsets.US_ASCII);

    @Test
    void itsTableIsWhereItsEndSays() {
        Matcher start = Pattern.compile("startxref\n(\\d+)\n%%EOF\n$").matcher(pdf);
        assertTrue(start.find());
        assertTrue(pdf.startsWith("xref\n", Integer.parseInt(start.group(1))));
    }

    @Test
    void everyObjectIsWhereTheTableSays() {
        List<Integer> places =
                Pattern.compile("(\\d{10}) 00000 n ")
                        .matcher(pdf)
                        .results()
                        .map(place -> Integer.parseInt(place.group(1)))
                        .toList();
        assertEquals(9, places.size());
        for (int i = 0; i < places.size(); i++) {
            assertTrue(pdf.startsWith((i + 1) + " 0 obj\n", places.get(i)));
        }
    }

    @Test
    void everyPageHasItsText() {
        assertTrue(pdf.contains("/Kids[4 0 R 6 0 R 8 0 R]"));
        long texts =
                Pattern.compile("(?s)/Length (\\d+)>>stream\n(.+?)\nendstream")
                        .matcher(pdf)
                        .results()
                        .filter(text -> text.group(2).length() == Integer.parseInt(text.group(1)))
                        .count();
        assertEquals(3, texts);
    }
}
