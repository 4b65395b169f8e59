package io.tidemill.storage.type;

import org.jspecify.annotations.Nullable;

/**
 * JSON (RFC 8259): one object or array, or several on lines of their own. Every token is checked as
 * far as the head goes, so that text that merely begins with a bracket stays text.
 */
final class JsonText {
    private JsonText() {}

    static @Nullable String sniff(Text text) {
        JsonScanner scanner = new JsonScanner(text.characters());
        int values = 0;
        while (scanner.skipBlank()) {
            if (!scanner.atContainer() || (values > 0 && !scanner.afterLineBreak())) {
                return null;
            }
            switch (scanner.container()) {
                case COMPLETE -> values++;
                case CUT -> {
                    return text.whole() ? null : type(values + 1);
                }
                case WRONG -> {
                    return null;
                }
            }
        }
        return values == 0 ? null : type(values);
    }

    private static String type(int values) {
        return values == 1 ? "application/json" : "application/x-ndjson";
    }
}
