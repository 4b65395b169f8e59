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

/** Poppler (package poppler-utils): facts, text and pictures of PDF pages. */
public final class Poppler {
    private static final long ADDRESS_SPACE = 256 * Program.MEBIBYTE;
    private static final long PICTURE_ADDRESS_SPACE = 512 * Program.MEBIBYTE;
    private static final Duration CPU = Duration.ofSeconds(10);
    private static final Duration WALL = Duration.ofSeconds(45);

    private final Program text;
    private final Program facts;
    private final Program picture;
    private final Program unite;

    private Poppler(Program text, Program facts, Program picture, Program unite) {
        this.text = text;
        this.facts = facts;
        this.picture = picture;
        this.unite = unite;
    }

    public static Optional<Poppler> find() {
        Optional<Program> text = Program.find("pdftotext", "-v");
        Optional<Program> facts = Program.find("pdfinfo", "-v");
        Optional<Program> picture = Program.find("pdftoppm", "-v");
        Optional<Program> unite = Program.find("pdfunite", "-v");
        return text.isPresent() && facts.isPresent() && picture.isPresent() && unite.isPresent()
                ? Optional.of(new Poppler(text.get(), facts.get(), picture.get(), unite.get()))
                : Optional.empty();
    }

    public String version() {
        return text.version();
    }

    /**
     * Number of pages, and the sizes of the first ones, as {@link PdfPages} reads them.
     *
     * @param sizes of how many pages
     */
    public ToolResult facts(Attempt attempt, int sizes) throws IOException, InterruptedException {
        return run(
                facts,
                attempt,
                limits(ADDRESS_SPACE, Program.MEBIBYTE),
                List.of("-f", "1", "-l", Integer.toString(sizes), attempt.file().toString()));
    }

    /**
     * Writes the text of the first pages, UTF-8, a form feed after each; by these it tells how far
     * it is. How many there are it finds out only when it takes long enough to tell.
     *
     * @param pages of more than so many nothing is wanted
     */
    public ToolResult text(Attempt attempt, String output, long maxBytes, int pages)
            throws IOException, InterruptedException {
        WrittenPages written =
                new WrittenPages(
                        attempt.folder().resolve(output),
                        "\f",
                        () -> count(attempt),
                        attempt.progress());
        return text.run(
                attempt.folder(),
                Map.of(),
                limits(ADDRESS_SPACE, maxBytes).within(attempt.timeout()),
                List.of(
                        "-q",
                        "-enc",
                        "UTF-8",
                        "-l",
                        Integer.toString(pages),
                        attempt.file().toString(),
                        output),
                written::look);
    }

    private int count(Attempt attempt) {
        try {
            return PdfPages.read(facts(attempt, 1), Integer.MAX_VALUE)
                            instanceof PdfPages.Reading.Pages read
                    ? read.pages().count()
                    : 0;
        } catch (IOException _) {
            return 0;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /**
     * Paints one page, in grey, as {@code prefix}.png.
     *
     * @param longSide pixels of its longer side, however large the page claims to be
     */
    public ToolResult picture(Attempt attempt, int page, int longSide, String prefix)
            throws IOException, InterruptedException {
        String number = Integer.toString(page);
        return run(
                picture,
                attempt,
                limits(PICTURE_ADDRESS_SPACE, 128 * Program.MEBIBYTE),
                List.of(
                        "-q",
                        "-png",
                        "-gray",
                        "-singlefile",
                        "-f",
                        number,
                        "-l",
                        number,
                        "-scale-to",
                        Integer.toString(longSide),
                        attempt.file().toString(),
                        prefix));
    }

    /** Joins PDF files of our own making. */
    public ToolResult unite(Attempt attempt, List<Path> parts, String output)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>();
        parts.forEach(part -> arguments.add(part.toString()));
        arguments.add(output);
        return run(
                unite, attempt, limits(PICTURE_ADDRESS_SPACE, 512 * Program.MEBIBYTE), arguments);
    }

    private static Limits limits(long addressSpace, long fileSize) {
        return new Limits(WALL, CPU, addressSpace, fileSize);
    }

    private static ToolResult run(
            Program program, Attempt attempt, Limits limits, List<String> arguments)
            throws IOException, InterruptedException {
        return program.run(attempt.folder(), Map.of(), limits.within(attempt.timeout()), arguments);
    }
}
