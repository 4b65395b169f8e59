package io.tidemill.api.problem;

import java.util.Locale;

/** The parts of a problem that follow from its code. */
final class ProblemWords {
    private ProblemWords() {}

    /** For example {@code urn:tidemill:problem:not-found}. */
    static String type(String code) {
        return "urn:tidemill:problem:" + code.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** For example {@code Not found}. */
    static String title(String code) {
        String words = code.toLowerCase(Locale.ROOT).replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
