package io.tidemill.processor.operation;

/** Names outputs after the file they were made from, without trusting that name. */
public final class OutputName {
    private static final int MAX_STEM = 100;
    private static final int MAX_ENDING = 10;

    private OutputName() {}

    /**
     * {@code photo.jpeg} and {@code -200x200.jpg} make {@code photo-200x200.jpg}. Folders, control
     * and formatting characters are dropped, long names cut.
     */
    public static String of(String inputName, String suffix) {
        String name = inputName.substring(lastSeparator(inputName) + 1).replaceFirst("^\\.+", "");
        int dot = name.lastIndexOf('.');
        boolean hasEnding = dot > 0 && name.length() - dot - 1 <= MAX_ENDING;
        String stem = clean(hasEnding ? name.substring(0, dot) : name);
        return (stem.isEmpty() ? "file" : stem) + suffix;
    }

    private static int lastSeparator(String name) {
        return Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
    }

    private static String clean(String stem) {
        StringBuilder kept = new StringBuilder();
        stem.codePoints()
                .filter(OutputName::harmless)
                .limit(MAX_STEM)
                .forEach(kept::appendCodePoint);
        return kept.toString().strip();
    }

    private static boolean harmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED ->
                    false;
            default -> true;
        };
    }
}
