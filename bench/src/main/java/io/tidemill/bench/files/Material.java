package io.tidemill.bench.files;

import io.tidemill.local.process.LaunchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files that are worked on: given ones, or some of our own making. */
final class Material {
    /** Environment variable with a folder that holds {@link Kind#folder} each. */
    static final String GIVEN = "TIDEMILL_BENCH_FILES";

    private final Optional<Path> given;
    private final Path folder;

    /**
     * @param given folder of files to be taken; empty: they are made
     * @param folder for what is made and for copies
     */
    Material(Optional<Path> given, Path folder) {
        this.given = given;
        this.folder = folder;
        if (given.isPresent() && !Files.isDirectory(given.get())) {
            throw new LaunchException(GIVEN + " names no folder: " + given.get());
        }
    }

    /** Different files of a kind; when none are given, says so. */
    List<Path> sources(Kind kind) throws IOException {
        if (given.isEmpty()) {
            Path made = Files.createDirectories(folder.resolve("made").resolve(kind.folder()));
            return switch (kind) {
                case PHOTOS -> DrawnPhotos.write(made);
                case PDFS -> WrittenPdfs.write(made);
                case PAGES -> DrawnPages.write(made);
            };
        }
        Path place = given.get().resolve(kind.folder());
        List<Path> found = Files.isDirectory(place) ? list(kind, place) : List.of();
        if (found.isEmpty()) {
            System.out.printf("Left out: %s; there are none in %s.%n", kind.folder(), place);
        }
        return found;
    }

    private static List<Path> list(Kind kind, Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> kind.isIn(file.getFileName().toString())).sorted().toList();
        }
    }

    /** As many files as are worked on, no two alike, in a folder of their own. */
    List<Path> variants(Kind kind, List<Path> sources) throws IOException {
        Path place = Files.createDirectories(place(kind));
        List<Path> variants = new ArrayList<>();
        int count = sources.isEmpty() ? 0 : Math.max(sources.size(), kind.count());
        for (int i = 0; i < count; i++) {
            Path source = sources.get(i % sources.size());
            Path variant = place.resolve("%04d-%s".formatted(i, source.getFileName()));
            Files.write(variant, Variants.of(Files.readAllBytes(source), i));
            variants.add(variant);
        }
        return variants;
    }

    /** The folder of all {@link #variants} of a kind, absolute, with nothing else in it. */
    Path place(Kind kind) {
        return folder.resolve(kind.folder()).toAbsolutePath();
    }
}
