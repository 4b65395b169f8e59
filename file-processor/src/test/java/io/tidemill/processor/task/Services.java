package io.tidemill.processor.task;

import io.tidemill.local.LocalServices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The local services, started once for all tests of a run; they end with the test's JVM. */
final class Services {
    static final LocalServices SHARED = start();

    private Services() {}

    private static LocalServices start() {
        try {
            Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
            return LocalServices.start(Files.createTempDirectory(target, "services"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
