package io.tidemill.storage.type;

import java.util.Locale;
import java.util.Set;

/** Tells the kinds of text apart. */
final class TextTypes {
    private static final String PLAIN = "text/plain";
    private static final String CSV = "text/csv";
    private static final Set<String> CSV_ENDINGS = Set.of("csv", "tsv", "tab");
    private static final Set<String> PLAIN_ENDINGS = Set.of("txt", "text", "log", "md", "markdown");

    private TextTypes() {}

    static String detect(Text text, String name) {
        String marked = Markup.sniff(text.characters());
        if (marked == null) {
            marked = JsonText.sniff(text);
        }
        if (marked != null) {
            return marked;
        }
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return isCsv(text, ending) ? CSV : PLAIN;
    }

    /** The owner's word counts here: both kinds are only ever read as text. */
    private static boolean isCsv(Text text, String ending) {
        return CSV_ENDINGS.contains(ending)
                || (!PLAIN_ENDINGS.contains(ending) && SeparatedValues.matches(text));
    }
}
