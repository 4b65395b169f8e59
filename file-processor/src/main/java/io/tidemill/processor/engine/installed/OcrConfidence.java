package io.tidemill.processor.engine.installed;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** How sure Tesseract is of its words, from its tables (TSV with a line for each word). */
final class OcrConfidence {
    private static final String WORD = "5";
    private static final int LEVEL_COLUMN = 0;
    private static final int CONFIDENCE_COLUMN = 10;
    private static final int COLUMNS = 12;

    private double sum;
    private long words;

    void add(Path table) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(table)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                add(line.split("\t", COLUMNS));
            }
        }
    }

    private void add(String[] columns) {
        if (columns.length == COLUMNS
                && columns[LEVEL_COLUMN].equals(WORD)
                && !columns[COLUMNS - 1].isBlank()) {
            sum += Double.parseDouble(columns[CONFIDENCE_COLUMN]);
            words++;
        }
    }

    /** 0 to 100, with one decimal; empty when there are no words. */
    OptionalDouble mean() {
        return words == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.round(sum / words * 10) / 10.0);
    }
}
