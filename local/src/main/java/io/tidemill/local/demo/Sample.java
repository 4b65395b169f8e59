package io.tidemill.local.demo;

import io.tidemill.local.process.LaunchException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file to show.
 *
 * @param name under which it is uploaded
 */
record Sample(String name, BodyPublisher content) {
    private static final String ABOUT = "README.md";

    /**
     * All files in the folder, by name, and the virus test file.
     *
     * @throws LaunchException if there are none
     */
    static List<Sample> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Sample> stored =
                    files.filter(Files::isRegularFile)
                            .filter(file -> !file.endsWith(ABOUT))
                            .sorted()
                            .map(Sample::of)
                            .toList();
            if (stored.isEmpty()) {
                throw new LaunchException("there are no files in " + folder);
            }
            return Stream.concat(stored.stream(), Stream.of(eicar())).toList();
        } catch (IOException e) {
            throw new LaunchException("cannot read the samples in " + folder, e);
        }
    }

    private static Sample of(Path file) {
        try {
            return new Sample(String.valueOf(file.getFileName()), BodyPublishers.ofFile(file));
        } catch (FileNotFoundException e) {
            throw new LaunchException("cannot read " + file, e);
        }
    }

    private static Sample eicar() {
        return new Sample(Eicar.NAME, BodyPublishers.ofByteArray(Eicar.bytes()));
    }

    /** Whether a problem with this file is what should happen. */
    static boolean mayFail(String name) {
        return name.equals(Eicar.NAME) || name.startsWith("truncated");
    }
}
