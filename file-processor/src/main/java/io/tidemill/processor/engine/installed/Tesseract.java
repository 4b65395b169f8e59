package io.tidemill.processor.engine.installed;

import io.tidemill.processor.operation.Attempt;
import io.tidemill.processor.operation.Progress;
import io.tidemill.processor.tool.Limits;
import io.tidemill.processor.tool.ToolResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tesseract (packages tesseract-ocr and tesseract-ocr-LANG): reads text in images. */
public final class Tesseract {
    private static final Limits LIMITS =
            new Limits(
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(4),
                    1024 * Program.MEBIBYTE,
                    256 * Program.MEBIBYTE);
    private static final Map<String, String> ENVIRONMENT = Map.of("OMP_THREAD_LIMIT", "1");

    /** A line of the table that describes a page; written, and flushed, when the page was read. */
    private static final String PAGE = "\n1\t";

    private final Program program;
    private final Set<String> languages;

    private Tesseract(Program program, Set<String> languages) {
        this.program = program;
        this.languages = languages;
    }

    /**
     * An image to be read.
     *
     * @param pages 1, or how many a TIFF has
     * @param dotsPerInch how finely it was scanned; 0 when unknown
     */
    record Scan(Path image, int pages, int dotsPerInch) {}

    public static Optional<Tesseract> find() {
        return Program.find("tesseract", "--version")
                .map(program -> new Tesseract(program, languages(program.path())));
    }

    public String version() {
        return program.version();
    }

    /** Installed languages, such as {@code eng}. */
    public Set<String> languages() {
        return languages;
    }

    /**
     * Reads every page of an image into {@code prefix}.txt and {@code prefix}.tsv, and {@code
     * prefix}.pdf if wanted.
     *
     * @param progress hears when a page was read
     */
    ToolResult read(
            Attempt attempt,
            Scan scan,
            String prefix,
            List<String> chosenLanguages,
            boolean pdf,
            Progress progress)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of(scan.image().toString(), prefix));
        arguments.addAll(List.of("-l", String.join("+", chosenLanguages), "--psm", "3"));
        if (scan.dotsPerInch() > 0) {
            arguments.addAll(List.of("--dpi", Integer.toString(scan.dotsPerInch())));
        }
        arguments.addAll(List.of("txt", "tsv"));
        if (pdf) {
            arguments.add("pdf");
        }
        WrittenPages written =
                new WrittenPages(
                        attempt.folder().resolve(prefix + ".tsv"), PAGE, scan::pages, progress);
        return program.run(
                attempt.folder(),
                ENVIRONMENT,
                LIMITS.within(attempt.timeout()),
                arguments,
                written::look);
    }

    private static Set<String> languages(Path path) {
        return Program.probe(path, "--list-langs").stream()
                .flatMap(String::lines)
                .map(String::strip)
                .filter(line -> line.matches("[a-z]{3}(_[A-Za-z]{1,8})?"))
                .filter(line -> !line.equals("osd"))
                .collect(Collectors.toUnmodifiableSet());
    }
}
