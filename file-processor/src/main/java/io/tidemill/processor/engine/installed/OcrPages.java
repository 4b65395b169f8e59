package io.tidemill.processor.engine.installed;

import io.tidemill.contract.Failure;
import io.tidemill.contract.FailureCode;
import io.tidemill.processor.operation.Attempt;
import io.tidemill.processor.operation.Fields;
import io.tidemill.processor.operation.Progress;
import io.tidemill.processor.operation.TextFigures;
import io.tidemill.processor.tool.ToolResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pages of one attempt as Tesseract has read them so far, joined in one text. */
public final class OcrPages {
    /** A4 at 300 dots per inch. */
    private static final int LONG_SIDE = 3_508;

    private static final String PAGE = "page";

    /** The share of a page's work that painting it is, as measured on pages full of text. */
    private static final double PAINTED = 0.25;

    private static final double POINTS_PER_INCH = 72;
    private static final int MIN_DOTS_PER_INCH = 70;
    private static final int MAX_DOTS_PER_INCH = 2_400;

    private final Tesseract tesseract;
    private final Attempt attempt;
    private final List<String> languages;
    private final boolean wantsPdf;
    private final OcrConfidence confidence = new OcrConfidence();
    private final List<Path> pdfs = new ArrayList<>();
    private int parts;

    public OcrPages(Tesseract tesseract, Attempt attempt, List<String> languages) {
        this.tesseract = tesseract;
        this.attempt = attempt;
        this.languages = List.copyOf(languages);
        this.wantsPdf = new Fields(attempt.parameters()).flag("pdf", false);
    }

    public boolean wantsPdf() {
        return wantsPdf;
    }

    public Path text() {
        return attempt.folder().resolve("text.txt");
    }

    public Path pdf() {
        return attempt.folder().resolve("searchable.pdf");
    }

    /**
     * Paints and reads a PDF's pages one after the other, so that disk use stays small. Both count
     * as progress.
     */
    public Optional<Failure> readAll(Poppler poppler, PdfPages pages)
            throws IOException, InterruptedException {
        Progress progress = attempt.progress();
        for (int page = 1; page <= pages.count(); page++) {
            progress.begun(PAGE, page, pages.count());
            ToolResult painted = poppler.picture(attempt, page, LONG_SIDE, "page");
            Path picture = attempt.folder().resolve("page.png");
            if (!painted.succeeded() || !Files.exists(picture)) {
                return Optional.of(PdfPages.failure(painted));
            }
            progress.within(PAGE, page, pages.count(), PAINTED);
            Optional<Failure> failure =
                    read(new Tesseract.Scan(picture, 1, dotsPerInch(pages, page)), Progress.SILENT);
            if (failure.isPresent()) {
                return failure;
            }
            Files.delete(picture);
        }
        progress.within(PAGE, pages.count(), pages.count(), 1);
        return Optional.empty();
    }

    /** So that the searchable PDF's pages get the size of the original's. */
    private static int dotsPerInch(PdfPages pages, int page) {
        if (page > pages.longSides().size()) {
            return 0;
        }
        double inches = pages.longSides().get(page - 1) / POINTS_PER_INCH;
        return (int) Math.clamp(LONG_SIDE / inches, MIN_DOTS_PER_INCH, MAX_DOTS_PER_INCH);
    }

    /** Reads an image with all its pages, each of which is told when it is done. */
    public Optional<Failure> readImage(Path image, int pages)
            throws IOException, InterruptedException {
        attempt.progress().begun(PAGE, 1, pages);
        return read(new Tesseract.Scan(image, pages, 0), attempt.progress());
    }

    private Optional<Failure> read(Tesseract.Scan scan, Progress progress)
            throws IOException, InterruptedException {
        String prefix = "part-" + parts++;
        ToolResult result = tesseract.read(attempt, scan, prefix, languages, wantsPdf, progress);
        Path text = attempt.folder().resolve(prefix + ".txt");
        Path table = attempt.folder().resolve(prefix + ".tsv");
        if (!result.succeeded() || !Files.exists(text) || !Files.exists(table)) {
            return Optional.of(failure(result));
        }
        append(text);
        confidence.add(table);
        Files.delete(table);
        pdfs.add(attempt.folder().resolve(prefix + ".pdf"));
        return Optional.empty();
    }

    private static Failure failure(ToolResult result) {
        FailureCode code = result.cause(FailureCode.INVALID_INPUT);
        return code.because(
                code == FailureCode.INVALID_INPUT
                        ? "The image is damaged and cannot be read."
                        : "The image could not be read within the limits.");
    }

    /** With a form feed after each page; Tesseract itself puts them between an image's pages. */
    private void append(Path part) throws IOException {
        try (OutputStream whole =
                Files.newOutputStream(
                        text(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            Files.copy(part, whole);
            whole.write('\f');
        }
        Files.delete(part);
    }

    /** Joins the searchable pages. */
    public Optional<Failure> unite(Poppler poppler) throws IOException, InterruptedException {
        if (pdfs.size() == 1) {
            Files.move(pdfs.getFirst(), pdf());
            return Optional.empty();
        }
        ToolResult result = poppler.unite(attempt, pdfs, pdf().getFileName().toString());
        return result.succeeded() && Files.exists(pdf())
                ? Optional.empty()
                : Optional.of(FailureCode.ENGINE_CRASHED.because("The pages could not be joined."));
    }

    public Map<String, Object> figures(int pages) throws IOException {
        Map<String, Object> figures = new HashMap<>(TextFigures.of(text()).asMap());
        figures.put("pages", pages);
        figures.put("languages", languages);
        confidence.mean().ifPresent(mean -> figures.put("confidence", mean));
        return figures;
    }
}
