package io.tidemill.processor.engine.embedded;

import java.io.BufferedReader;
import java.io.IOException;

/** Guesses what separates the cells: of comma, semicolon and tab the most frequent in line one. */
final class CsvSeparator {
    private static final int LOOK_AHEAD = 8 * 1024;
    private static final String CANDIDATES = ",;\t";

    private CsvSeparator() {}

    /** Leaves the reader where it was. A tie goes to the comma. */
    static char guess(BufferedReader reader) throws IOException {
        int[] counts = new int[CANDIDATES.length()];
        boolean quoted = false;
        reader.mark(LOOK_AHEAD);
        for (int i = 0; i < LOOK_AHEAD; i++) {
            int c = reader.read();
            if (c < 0 || (!quoted && (c == '\n' || c == '\r'))) {
                break;
            }
            quoted ^= c == '"';
            int candidate = CANDIDATES.indexOf(c);
            if (!quoted && candidate >= 0) {
                counts[candidate]++;
            }
        }
        reader.reset();
        return CANDIDATES.charAt(mostFrequent(counts));
    }

    private static int mostFrequent(int[] counts) {
        int best = 0;
        for (int i = 1; i < counts.length; i++) {
            best = counts[i] > counts[best] ? i : best;
        }
        return best;
    }
}
