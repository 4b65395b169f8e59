package io.tidemill.processor.engine.embedded;

/** Makes text found in a file fit for a result: short, and without control characters. */
final class MetadataText {
    static final int MAX_NAME = 64;
    static final int MAX_VALUE = 256;

    private MetadataText() {}

    static String bounded(String text, int maxLength) {
        StringBuilder kept = new StringBuilder();
        text.codePoints()
                .limit(maxLength)
                .forEach(c -> kept.appendCodePoint(printable(c) ? c : ' '));
        return kept.toString().strip();
    }

    private static boolean printable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE ->
                    false;
            default -> true;
        };
    }
}
