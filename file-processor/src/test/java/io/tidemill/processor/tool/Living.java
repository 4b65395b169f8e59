package io.tidemill.processor.tool;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Finds living processes by a word in their arguments, zombies left aside. */
public final class Living {
    private Living() {}

    public static List<Long> withArgument(String word) {
        return with(arguments -> arguments.contains(word));
    }

    /**
     * Those that run exactly this command, and no longer the programs in front of it that fence it
     * in. While one becomes the next it has no arguments at all.
     */
    public static List<Long> withCommand(List<String> command) {
        return with(command::equals);
    }

    private static List<Long> with(Predicate<List<String>> wanted) {
        List<Long> found = new ArrayList<>();
        try (DirectoryStream<Path> processes =
                Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (wanted.test(arguments(process))) {
                    found.add(Long.parseLong(process.getFileName().toString()));
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return found;
    }

    /** Empty for a zombie, and for one that has gone meanwhile. */
    private static List<String> arguments(Path process) {
        try {
            return List.of(Files.readString(process.resolve("cmdline")).split("\0"));
        } catch (IOException _) {
            return List.of();
        }
    }
}
