package io.tidemill.processor.operation.builtin;

import io.tidemill.contract.ErrorClass;
import io.tidemill.contract.Failure;
import io.tidemill.contract.FailureCode;
import io.tidemill.processor.engine.EngineHosts;
import io.tidemill.processor.engine.HostAnswer;
import io.tidemill.processor.engine.embedded.EmbeddedEngines;
import io.tidemill.processor.engine.embedded.HostRequest;
import io.tidemill.processor.engine.installed.OcrPages;
import io.tidemill.processor.engine.installed.PdfPages;
import io.tidemill.processor.engine.installed.Poppler;
import io.tidemill.processor.engine.installed.Tesseract;
import io.tidemill.processor.image.DamagedImageException;
import io.tidemill.processor.image.ImageHeader;
import io.tidemill.processor.image.ImageLimits;
import io.tidemill.processor.operation.Attempt;
import io.tidemill.processor.operation.Engine;
import io.tidemill.processor.operation.Fields;
import io.tidemill.processor.operation.Operation;
import io.tidemill.processor.operation.Outcome;
import io.tidemill.processor.operation.OutputName;
import io.tidemill.processor.operation.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the text in images and scanned PDFs, page by page. */
final class Ocr implements Operation {
    private static final int MAX_PAGES = 100;
    private static final Engine.Unavailable MISSING =
            new Engine.Unavailable(
                    "Tesseract and Poppler are not installed; install them with: ./tidemill engines"
                            + " (apt-get install tesseract-ocr tesseract-ocr-eng poppler-utils)");

    private final Optional<Tesseract> tesseract;
    private final Optional<Poppler> poppler;
    private final EngineHosts hosts;

    Ocr(Optional<Tesseract> tesseract, Optional<Poppler> poppler, EngineHosts hosts) {
        this.tesseract = tesseract;
        this.poppler = poppler;
        this.hosts = hosts;
    }

    @Override
    public String name() {
        return "ocr";
    }

    @Override
    public Engine engine() {
        return tesseract.isPresent() && poppler.isPresent()
                ? new Engine.Available("full", "tesseract", tesseract.get().version())
                : MISSING;
    }

    @Override
    public Outcome run(Attempt attempt) throws IOException, InterruptedException {
        if (tesseract.isEmpty() || poppler.isEmpty()) {
            return broken(FailureCode.OPERATION_UNAVAILABLE.because(MISSING.reason()));
        }
        List<String> languages = languages(attempt);
        for (String language : languages) {
            if (!tesseract.get().languages().contains(language)) {
                return broken(notInstalled(language, tesseract.get()));
            }
        }
        OcrPages pages = new OcrPages(tesseract.get(), attempt, languages);
        return attempt.ref().mediaType().equals("application/pdf")
                ? readPdf(poppler.get(), attempt, pages)
                : readImage(poppler.get(), attempt, pages);
    }

    private static List<String> languages(Attempt attempt) {
        List<String> chosen = new Fields(attempt.parameters()).texts("languages");
        return chosen.isEmpty() ? List.of("eng") : chosen;
    }

    private static Failure notInstalled(String language, Tesseract tesseract) {
        return new Failure(
                "INVALID_PARAMETER",
                ErrorClass.PERMANENT,
                "languages: %s is not installed; there are %s. To add it: apt-get install tesseract-ocr-%s"
                        .formatted(
                                language,
                                tesseract.languages().stream().sorted().toList(),
                                language.toLowerCase(Locale.ROOT).replace('_', '-')));
    }

    private Outcome readImage(Poppler poppler, Attempt attempt, OcrPages pages)
            throws IOException, InterruptedException {
        Optional<ImageHeader> header;
        try {
            header = ImageHeader.read(attempt.file());
        } catch (DamagedImageException e) {
            return broken(
                    FailureCode.INVALID_INPUT.because("The image is damaged: " + e.getMessage()));
        }
        Optional<Failure> refused = header.map(Ocr::refuse).orElse(Optional.of(unsupported()));
        if (refused.isPresent()) {
            return broken(refused.get());
        }
        boolean upright = header.get().orientation() == ImageHeader.UPRIGHT;
        Optional<Failure> unturned =
                upright ? Optional.empty() : turn(attempt, header.get(), "upright.png");
        if (unturned.isPresent()) {
            return broken(unturned.get());
        }
        Path image = upright ? attempt.file() : attempt.folder().resolve("upright.png");
        Optional<Failure> failure = pages.readImage(image, header.get().frames());
        return failure.isPresent()
                ? broken(failure.get())
                : finish(poppler, attempt, pages, header.get().frames());
    }

    private static Failure unsupported() {
        return FailureCode.UNSUPPORTED_TYPE.because("The file is no JPEG, PNG, WebP or TIFF.");
    }

    private static Optional<Failure> refuse(ImageHeader header) {
        return header.frames() > MAX_PAGES
                ? Optional.of(
                        FailureCode.LIMIT_EXCEEDED.because(
                                "The image has more than %d pages.".formatted(MAX_PAGES)))
                : ImageLimits.breach(header);
    }

    /** Tesseract takes no notice of EXIF, and cannot read what lies on its side. */
    private Optional<Failure> turn(Attempt attempt, ImageHeader header, String output)
            throws IOException, InterruptedException {
        Map<String, Object> whole =
                Map.of(
                        "width", ImageLimits.MAX_SIDE,
                        "height", ImageLimits.MAX_SIDE,
                        "file", output);
        Map<String, Object> request =
                Map.of(
                        "mediaType", header.format().mediaType(),
                        "orientation", header.orientation(),
                        "format", "png",
                        "sizes", List.of(whole));
        HostRequest turning =
                new HostRequest(
                        EmbeddedEngines.THUMBNAILS, attempt.file(), attempt.folder(), request);
        return switch (hosts.ask(turning, attempt.timeout(), Progress.SILENT)) {
            case HostAnswer.Result _ -> Optional.empty();
            case HostAnswer.Refusal refusal -> Optional.of(refusal.failure());
        };
    }

    private static Outcome readPdf(Poppler poppler, Attempt attempt, OcrPages pages)
            throws IOException, InterruptedException {
        return switch (PdfPages.read(poppler.facts(attempt, MAX_PAGES), MAX_PAGES)) {
            case PdfPages.Reading.Unreadable unreadable -> broken(unreadable.failure());
            case PdfPages.Reading.Pages read -> {
                Optional<Failure> failure = pages.readAll(poppler, read.pages());
                yield failure.isPresent()
                        ? broken(failure.get())
                        : finish(poppler, attempt, pages, read.pages().count());
            }
        };
    }

    private static Outcome finish(Poppler poppler, Attempt attempt, OcrPages pages, int count)
            throws IOException, InterruptedException {
        String name = attempt.ref().name();
        List<Outcome.Output> outputs = new ArrayList<>();
        outputs.add(new Outcome.Output(pages.text(), OutputName.of(name, ".txt"), "text/plain"));
        if (pages.wantsPdf()) {
            Optional<Failure> failure = pages.unite(poppler);
            if (failure.isPresent()) {
                return broken(failure.get());
            }
            outputs.add(
                    new Outcome.Output(
                            pages.pdf(),
                            OutputName.of(name, "-searchable.pdf"),
                            "application/pdf"));
        }
        return new Outcome.Done(pages.figures(count), outputs);
    }

    private static Outcome broken(Failure failure) {
        return new Outcome.Broken(failure);
    }
}
