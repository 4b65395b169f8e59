package io.tidemill.processor.engine.installed;

import io.tidemill.processor.operation.Attempt;
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

    private final Program program;
    private final Set<String> languages;

    private Tesseract(Program program, Set<String> languages) {
        this.program = program;
        this.languages = languages;
    }

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
     * @param dotsPerInch how finely the image was scanned; 0 when unknown
     */
    public ToolResult read(
            Attempt attempt,
            Path image,
            String prefix,
            List<String> chosenLanguages,
            int dotsPerInch,
            boolean pdf)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of(image.toString(), prefix));
        arguments.addAll(List.of("-l", String.join("+", chosenLanguages), "--psm", "3"));
        if (dotsPerInch > 0) {
            arguments.addAll(List.of("--dpi", Integer.toString(dotsPerInch)));
        }
        arguments.addAll(List.of("txt", "tsv"));
        if (pdf) {
            arguments.add("pdf");
        }
        return program.run(
                attempt.folder(), ENVIRONMENT, LIMITS.within(attempt.timeout()), arguments);
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
