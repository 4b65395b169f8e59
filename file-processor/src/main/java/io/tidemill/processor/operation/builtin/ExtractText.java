package io.tidemill.processor.operation.builtin;

import io.tidemill.contract.FailureCode;
import io.tidemill.processor.engine.EngineHosts;
import io.tidemill.processor.engine.HostAnswer;
import io.tidemill.processor.engine.embedded.EmbeddedEngines;
import io.tidemill.processor.engine.installed.PdfPages;
import io.tidemill.processor.engine.installed.Poppler;
import io.tidemill.processor.operation.Attempt;
import io.tidemill.processor.operation.Engine;
import io.tidemill.processor.operation.Operation;
import io.tidemill.processor.operation.Outcome;
import io.tidemill.processor.operation.OutputName;
import io.tidemill.processor.operation.TextFigures;
import io.tidemill.processor.tool.ToolResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes the text out of PDF, plain text and CSV files, as UTF-8. */
final class ExtractText implements Operation {
    private static final int MAX_PAGES = 500;
    private static final int MAX_PDF_TEXT = 10 * 1024 * 1024;
    private static final int MAX_TEXT = 1024 * 1024 * 1024;
    private static final String OUTPUT = "text.txt";

    private final Optional<Poppler> poppler;
    private final EngineHosts hosts;

    ExtractText(Optional<Poppler> poppler, EngineHosts hosts) {
        this.poppler = poppler;
        this.hosts = hosts;
    }

    @Override
    public String name() {
        return "extract-text";
    }

    @Override
    public Engine engine() {
        return poppler.<Engine>map(
                        found -> new Engine.Available("full", "poppler", found.version()))
                .orElse(new Engine.Available("embedded", "pdfbox", "3.0.8"));
    }

    @Override
    public Outcome run(Attempt attempt) throws IOException, InterruptedException {
        return switch (attempt.ref().mediaType()) {
            case "application/pdf" ->
                    poppler.isPresent()
                            ? runPoppler(poppler.get(), attempt)
                            : ask(EmbeddedEngines.PDF_TEXT, attempt, MAX_PDF_TEXT);
            case "text/plain" -> ask(EmbeddedEngines.PLAIN_TEXT, attempt, MAX_TEXT);
            case "text/csv" -> ask(EmbeddedEngines.CSV_TEXT, attempt, MAX_TEXT);
            default ->
                    new Outcome.Broken(
                            FailureCode.UNSUPPORTED_TYPE.because(
                                    "Text is taken from PDF, plain text and CSV files only."));
        };
    }

    private static Outcome runPoppler(Poppler poppler, Attempt attempt)
            throws IOException, InterruptedException {
        ToolResult result = poppler.text(attempt, OUTPUT, MAX_PDF_TEXT, MAX_PAGES + 1);
        if (!result.succeeded()) {
            return switch (PdfPages.read(poppler.facts(attempt, 1), MAX_PAGES)) {
                case PdfPages.Reading.Unreadable known -> new Outcome.Broken(known.failure());
                case PdfPages.Reading.Pages _ -> new Outcome.Broken(PdfPages.failure(result));
            };
        }
        TextFigures figures = TextFigures.of(attempt.folder().resolve(OUTPUT));
        int pages = figures.formFeeds();
        if (pages >= 1 && pages <= MAX_PAGES) {
            return done(attempt, figures, pages);
        }
        return switch (PdfPages.read(poppler.facts(attempt, 1), MAX_PAGES)) {
            case PdfPages.Reading.Unreadable known -> new Outcome.Broken(known.failure());
            case PdfPages.Reading.Pages read -> done(attempt, figures, read.pages().count());
        };
    }

    private static Outcome done(Attempt attempt, TextFigures text, int pages) {
        Map<String, Object> figures = new HashMap<>(text.asMap());
        figures.put("pages", pages);
        return done(attempt, figures);
    }

    private Outcome ask(String work, Attempt attempt, int maxCharacters)
            throws IOException, InterruptedException {
        Map<String, Object> request =
                Map.of("output", OUTPUT, "maxPages", MAX_PAGES, "maxCharacters", maxCharacters);
        return switch (hosts.ask(work, attempt, request)) {
            case HostAnswer.Result result -> done(attempt, result.values());
            case HostAnswer.Refusal refusal -> new Outcome.Broken(refusal.failure());
        };
    }

    private static Outcome done(Attempt attempt, Map<String, Object> figures) {
        Path text = attempt.folder().resolve(OUTPUT);
        String name = OutputName.of(attempt.ref().name(), ".txt");
        return new Outcome.Done(figures, List.of(new Outcome.Output(text, name, "text/plain")));
    }
}
