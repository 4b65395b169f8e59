package io.tidemill.processor.engine.embedded;

import io.tidemill.contract.FailureCode;
import io.tidemill.processor.operation.Progress;
import java.io.IOException;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;

/** The text of a PDF, page by page, with a form feed after each page as pdftotext writes it. */
final class PdfText implements HostWork {
    @Override
    public Map<String, Object> run(HostRequest request, Progress progress) throws IOException {
        int maxPages = request.fields().integer("maxPages", 1);
        int maxCharacters = request.fields().integer("maxCharacters", 1);
        String output = request.fields().text("output", "");
        try (PDDocument document = PdfFile.open(request.file());
                TextSink sink = new TextSink(request.folder().resolve(output), maxCharacters)) {
            check(document, maxPages);
            write(document, sink, progress);
            return sink.figures(Map.of("pages", document.getNumberOfPages()));
        }
    }

    private static void check(PDDocument document, int maxPages) throws RejectedInput {
        if (document.getNumberOfPages() > maxPages) {
            throw new RejectedInput(
                    FailureCode.LIMIT_EXCEEDED.because(
                            "The PDF has %d pages; the limit is %d."
                                    .formatted(document.getNumberOfPages(), maxPages)));
        }
        if (!document.getCurrentAccessPermission().canExtractContent()) {
            throw new RejectedInput(
                    FailureCode.PASSWORD_PROTECTED.because(
                            "The PDF's owner allows no copying of text without the password."));
        }
    }

    private static void write(PDDocument document, TextSink sink, Progress progress)
            throws IOException {
        PDFTextStripper stripper = new PDFTextStripper();
        stripper.setLineSeparator("\n");
        stripper.setPageEnd("\n\f");
        int pages = document.getNumberOfPages();
        for (int page = 1; page <= pages; page++) {
            progress.begun("page", page, pages);
            stripper.setStartPage(page);
            stripper.setEndPage(page);
            PageWeight.check(document.getPage(page - 1));
            stripper.writeText(document, sink);
        }
    }
}
