package io.tidemill.processor.engine.installed;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrittenPagesTest {
    private final List<String> told = new ArrayList<>();

    @TempDir Path folder;

    @Test
    void eachLookCountsWhatIsNew() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "one\ftw");
        WrittenPages pages = pages(text, "\f");
        assertEquals("25 page 2 of 4", look(pages));
        assertEquals("25 page 2 of 4", look(pages));
        Files.writeString(text, "o\fthree\f", APPEND);
        assertEquals("75 page 4 of 4", look(pages));
    }

    @Test
    void aMarkMayBeWrittenInPieces() throws IOException {
        Path table = Files.writeString(folder.resolve("table"), "level\tpage\n1\t1\t0\n5\t1\n\n1");
        WrittenPages pages = pages(table, "\n1\t");
        assertEquals("25 page 2 of 4", look(pages));
        Files.writeString(table, "\t2\t0", APPEND);
        assertEquals("50 page 3 of 4", look(pages));
    }

    @Test
    void aFileFullOfMarksIsNotBelieved() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "\f".repeat(100_000));
        assertEquals("75 page 4 of 4", look(pages(text, "\f")));
    }

    @Test
    void aFileThatIsNotThereOrNoFileHasNoPages() throws IOException {
        pages(folder.resolve("none"), "\f").look();
        assertEquals(List.of(), told);
        Path secret = Files.writeString(folder.resolve("secret"), "\f\f");
        Path link = Files.createSymbolicLink(folder.resolve("link"), secret);
        assertEquals("0 page 1 of 4", look(pages(link, "\f")));
    }

    @Test
    void howManyThereAreIsAskedOnceAndNothingToldIfNobodyKnows() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "one\f");
        AtomicInteger asked = new AtomicInteger();
        WrittenPages pages =
                new WrittenPages(
                        text,
                        "\f",
                        () -> asked.getAndIncrement() * 4,
                        (percent, activity) -> told.add(percent + " " + activity));
        assertEquals(0, asked.get());
        pages.look();
        pages.look();
        assertEquals(1, asked.get());
        assertEquals(List.of(), told);
    }

    private WrittenPages pages(Path file, String mark) {
        return new WrittenPages(
                file, mark, () -> 4, (percent, activity) -> told.add(percent + " " + activity));
    }

    private String look(WrittenPages pages) {
        pages.look();
        return told.getLast();
    }
}
