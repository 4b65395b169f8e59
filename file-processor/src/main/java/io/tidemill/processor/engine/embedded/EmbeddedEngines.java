package io.tidemill.processor.engine.embedded;

import java.util.Map;

/** The embedded engines and the names by which the processor asks for them. */
public final class EmbeddedEngines {
    public static final String IMAGE_METADATA = "image-metadata";
    public static final String PDF_FACTS = "pdf-facts";
    public static final String PDF_TEXT = "pdf-text";
    public static final String PLAIN_TEXT = "plain-text";
    public static final String CSV_TEXT = "csv-text";
    public static final String THUMBNAILS = "thumbnails";

    private EmbeddedEngines() {}

    public static Map<String, HostWork> all() {
        return Map.of(
                IMAGE_METADATA, new ImageMetadata(),
                PDF_FACTS, new PdfFacts(),
                PDF_TEXT, new PdfText(),
                PLAIN_TEXT, new PlainText(),
                CSV_TEXT, new CsvText(),
                THUMBNAILS, new Thumbnails());
    }
}
