package io.tidemill.bench.files;

import java.util.Locale;

/** Files for one kind of work. */
enum Kind {
    PHOTOS("photos", "jpe?g", 30),
    PDFS("pdf", "pdf", 100),
    PAGES("ocr", "png|jpe?g|tiff?", 6);

    private final String folder;
    private final String endings;
    private final int count;

    Kind(String folder, String endings, int count) {
        this.folder = folder;
        this.endings = endings;
        this.count = count;
    }

    /** Name of their folder. */
    String folder() {
        return folder;
    }

    /** How many are worked on at least. */
    int count() {
        return count;
    }

    /** Whether a file of this name is one. */
    boolean isIn(String file) {
        return file.toLowerCase(Locale.ROOT).matches(".+\\.(" + endings + ")");
    }
}
