package io.tidemill.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The project's sample files, see {@code samples/README.md}. */
final class Samples {
    static final String PHOTO = "photo-orientation-6.jpg";
    static final String BADGE = "badge-with-alpha.png";
    static final String PDF = "two-pages.pdf";
    static final String SCAN = "scanned-page.jpg";
    static final String NOTES = "notes.txt";
    static final String CSV = "tides.csv";
    static final String DISGUISED = "really-a-pdf.jpg";
    static final String TRUNCATED = "truncated-photo.jpg";

    private Samples() {}

    static byte[] read(String name) throws IOException {
        return Files.readAllBytes(path(name));
    }

    static Path path(String name) {
        return Tidemill.HOME.resolve("samples").resolve(name);
    }
}
