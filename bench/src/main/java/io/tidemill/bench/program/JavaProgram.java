package io.tidemill.bench.program;

import java.io.File;
import java.nio.file.Path;
import java.util.List;

/** Programs of this module that are written in Java. */
public final class JavaProgram {
    private JavaProgram() {}

    /**
     * Starts one as our services are started, with what peers need before what we need.
     *
     * @param home the project's root folder
     */
    public static List<String> command(Path home, String mainClass) {
        Path target = home.resolve("bench").resolve("target");
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                String.join(
                        File.pathSeparator,
                        target.resolve("classes").toString(),
                        target.resolve("peer-lib").resolve("*").toString(),
                        target.resolve("lib").resolve("*").toString()),
                mainClass);
    }
}
