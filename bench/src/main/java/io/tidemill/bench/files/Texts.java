package io.tidemill.bench.files;

import io.tidemill.bench.program.ProgramPath;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Text out of PDF files and pictures, beside the program that we start for it as well. */
final class Texts {
    private final Path folder;
    private final Material material;
    private final OwnSystem own;
    private final Matches matches;

    /**
     * @param folder for what the programs write
     */
    Texts(Path folder, Material material, OwnSystem own, Matches matches) {
        this.folder = folder;
        this.material = material;
        this.own = own;
        this.matches = matches;
    }

    /** A program with the arguments that our processor gives it. */
    private record Reader(
            String program,
            Map<String, String> environment,
            Function<Path, List<String>> arguments) {}

    void run() throws IOException, InterruptedException {
        String output = folder.resolve("text").toString();
        run(
                Kind.PDFS,
                "extract-text",
                new Reader(
                        "pdftotext",
                        Map.of(),
                        pdf ->
                                List.of(
                                        "-q",
                                        "-enc",
                                        "UTF-8",
                                        "-l",
                                        "501",
                                        pdf.toString(),
                                        output)));
        run(
                Kind.PAGES,
                "ocr",
                new Reader(
                        "tesseract",
                        Map.of("OMP_THREAD_LIMIT", "1"),
                        page ->
                                List.of(
                                        page.toString(),
                                        output,
                                        "-l",
                                        "eng",
                                        "--psm",
                                        "3",
                                        "txt",
                                        "tsv")));
    }

    private void run(Kind kind, String operation, Reader reader)
            throws IOException, InterruptedException {
        Optional<Path> program = ProgramPath.find(reader.program);
        if (program.isEmpty()) {
            System.out.printf("Left out: %s; there is no %s here.%n", operation, reader.program);
            return;
        }
        ToolRuns runs = new ToolRuns(program.get(), reader.arguments, reader.environment);
        List<Path> files = material.variants(kind, runs.readable(material.sources(kind)));
        if (files.isEmpty()) {
            return;
        }
        own.tellEngine(operation);
        JsonObject step = new JsonObject().put("id", "read").put("operation", operation);
        matches.play(
                operation,
                "%s of %d files, for each".formatted(operation, files.size()),
                List.of(new Match("", files, step, reader.program, () -> runs.work(files))));
    }
}
