package io.tidemill.bench.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tidemill.local.process.LaunchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaterialTest {
    @TempDir private Path given;
    @TempDir private Path folder;

    private Material material;

    @BeforeEach
    void give() throws IOException {
        Path pages = Files.createDirectories(given.resolve("ocr"));
        for (String name : List.of("b.TIF", "a.png", "a.txt")) {
            Files.writeString(pages.resolve(name), name);
        }
        material = new Material(Optional.of(given), folder);
    }

    @Test
    void filesOfTheKindAreTakenFromItsFolder() throws IOException {
        List<Path> pages = material.sources(Kind.PAGES);
        assertEquals(
                List.of("a.png", "b.TIF"),
                pages.stream().map(page -> page.getFileName().toString()).toList());
    }

    @Test
    void aKindOfWhichThereAreNoneIsLeftOut() throws IOException {
        assertEquals(List.of(), material.sources(Kind.PDFS));
        assertEquals(List.of(), material.variants(Kind.PDFS, List.of()));
    }

    @Test
    void fewFilesBecomeManyOfWhichNoTwoAreAlike() throws IOException {
        List<Path> variants = material.variants(Kind.PAGES, material.sources(Kind.PAGES));
        Set<String> contents = new HashSet<>();
        for (Path variant : variants) {
            contents.add(Files.readString(variant));
        }
        assertEquals(Kind.PAGES.count(), contents.size());
    }

    @Test
    void aFolderThatIsNotThereIsSaidNotToBe() {
        Optional<Path> nowhere = Optional.of(given.resolve("nowhere"));
        assertThrows(LaunchException.class, () -> new Material(nowhere, folder));
    }

    @Test
    void withoutGivenFilesDifferentPdfsAreWritten() throws IOException {
        List<Path> pdfs = new Material(Optional.empty(), folder).sources(Kind.PDFS);
        Set<String> contents = new HashSet<>();
        for (Path pdf : pdfs) {
            contents.add(Files.readString(pdf));
        }
        assertEquals(5, contents.size());
    }
}
