package io.tidemill.processor.tool;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the programs this machine has, by absolute path, so that a child's PATH plays no part. */
public final class Executables {
    private static final String USUAL_PLACES = "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin";

    private Executables() {}

    /**
     * The absolute path of a program.
     *
     * @param name without any folder, for example {@code pdftotext}
     */
    public static Optional<Path> find(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(Pattern.quote(File.pathSeparator)), USUAL_PLACES.split(":"))
                .flatMap(Stream::of)
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }
}
