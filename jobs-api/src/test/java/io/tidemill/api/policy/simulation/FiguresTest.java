package io.tidemill.api.policy.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The figures in {@code docs/scheduling.md} are those of this code. {@code ./tidemill simulate}
 * writes them anew.
 */
class FiguresTest {
    private static final List<Row> QUICK =
            List.of(new Row(10, 1, 10_000), new Row(100, 10, 100_000));
    private static final List<Row> LONG =
            List.of(
                    new Row(1_000, 1, 100_000),
                    new Row(2, 100, 1_000_000),
                    new Row(1_000, 100, 1_000_000),
                    new Row(1_000, 1_000, 1_000_000));
    private static final Row DRAWN = new Row(100, 10, 100_000);
    private static final Path DOCS = Path.of("..", "docs");
    private static final Path PAGE = DOCS.resolve("scheduling.md");
    private static final Path PICTURE = DOCS.resolve("scheduling.svg");
    private static final String BEGIN = "<!-- figures -->\n";
    private static final String END = "<!-- /figures -->";

    @Test
    void thePageShowsWhatTheCodeDoes() throws IOException {
        String quick = lines(QUICK);
        if (Boolean.getBoolean("figures.write")) {
            write(Row.HEAD + quick + lines(LONG));
        }
        String page = Files.readString(PAGE);
        assertTrue(
                page.contains(BEGIN + Row.HEAD + quick),
                "run ./tidemill simulate, for docs/scheduling.md should say:\n" + quick);
        assertEquals(Files.readString(PICTURE), picture(), "run ./tidemill simulate");
    }

    private static String lines(List<Row> rows) {
        return rows.stream().map(Row::line).collect(Collectors.joining());
    }

    private static void write(String table) throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        Files.writeString(
                PAGE, page.substring(0, begin) + table + page.substring(page.indexOf(END)));
        Files.writeString(PICTURE, picture());
    }

    private static String picture() {
        Picture picture =
                new Picture(
                        "Wait of one file of each of 99 owners beside a backlog of 100 000 tasks of one owner");
        picture.series(0, "in turn (Tidemill)", "#0b6", DRAWN.play(true).waits(Row::isLight));
        picture.series(
                1, "first come, first served", "#c33", DRAWN.play(false).waits(Row::isLight));
        return picture.text();
    }
}
