package io.tidemill.processor.engine.embedded;

import io.tidemill.processor.operation.Progress;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.jspecify.annotations.Nullable;

/** What a PDF says about itself. */
final class PdfFacts implements HostWork {
    @Override
    public Map<String, Object> run(HostRequest request, Progress progress) throws IOException {
        try (PDDocument document = PdfFile.open(request.file())) {
            return Map.of(
                    "pdf",
                    Map.of(
                            "pages", document.getNumberOfPages(),
                            "encrypted", document.isEncrypted(),
                            "version", String.format(Locale.ROOT, "%.1f", document.getVersion())),
                    "metadata",
                    metadata(document.getDocumentInformation()));
        }
    }

    private static Map<String, Object> metadata(PDDocumentInformation about) {
        Map<String, Object> entries = new HashMap<>();
        put(entries, "Title", about.getTitle());
        put(entries, "Author", about.getAuthor());
        put(entries, "Subject", about.getSubject());
        put(entries, "Keywords", about.getKeywords());
        put(entries, "Creator", about.getCreator());
        put(entries, "Producer", about.getProducer());
        if (about.getCreationDate() != null) {
            put(entries, "Created", about.getCreationDate().toInstant().toString());
        }
        return entries;
    }

    private static void put(Map<String, Object> entries, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            entries.put(name, MetadataText.bounded(value, MetadataText.MAX_VALUE));
        }
    }
}
