package io.tidemill.processor.operation;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Counts characters (Unicode code points) and words (runs of anything but white space, which says
 * little in scripts written without spaces). For text of any length.
 */
public final class TextFigures {
    private static final int BUFFER = 8 * 1024;

    private long characters;
    private long words;
    private int formFeeds;
    private boolean inWord;

    /** Of a UTF-8 text file that an engine has written. */
    public static TextFigures of(Path text) throws IOException {
        TextFigures figures = new TextFigures();
        char[] buffer = new char[BUFFER];
        try (Reader reader = Files.newBufferedReader(text, StandardCharsets.UTF_8)) {
            for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
                figures.count(buffer, 0, n);
            }
        }
        return figures;
    }

    public void count(char[] text, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            count(text[i]);
        }
    }

    private void count(char c) {
        if (!Character.isLowSurrogate(c)) {
            characters++;
        }
        boolean space = Character.isWhitespace(c);
        if (!space && !inWord) {
            words++;
        }
        inWord = !space;
        if (c == '\f') {
            formFeeds++;
        }
    }

    /** How many there were; an engine may end each page with one. */
    public int formFeeds() {
        return formFeeds;
    }

    public Map<String, Object> asMap() {
        return Map.of("characters", characters, "words", words);
    }
}
