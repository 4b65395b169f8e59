package io.tidemill.bench.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Lines of words that mean nothing, the same for the same seed. */
final class Prose {
    private static final List<String> WORDS =
            List.of(
                    "tide", "mill", "water", "wheel", "grain", "flour", "stone", "harbour",
                    "miller", "gate", "pond", "morning", "evening", "turns", "rises", "falls",
                    "waits", "carries", "the", "a", "when", "before", "under", "until");
    private static final int WORDS_OF_A_LINE = 11;

    private Prose() {}

    /** So many lines. */
    static List<String> lines(int count, int seed) {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<String> words = new ArrayList<>();
            for (int k = 0; k < WORDS_OF_A_LINE; k++) {
                words.add(WORDS.get(random.nextInt(WORDS.size())));
            }
            lines.add(String.join(" ", words));
        }
        return lines;
    }
}
