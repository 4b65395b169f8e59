package io.tidemill.local.up;

import io.tidemill.local.process.LaunchException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The built services of this project.
 *
 * @param home the project's root folder
 * @param shortLived start quickly rather than run fast: about half the processor time at the start
 */
public record Programs(Path home, boolean shortLived) {
    private static final String JAR = "target/quarkus-app/quarkus-run.jar";

    /** Further options for the services' JVMs, separated by blanks. */
    private static final String JAVA_OPTIONS = "TIDEMILL_JAVA_OPTIONS";

    List<String> jobsApi() {
        return java("jobs-api", "-Xmx192m");
    }

    List<String> fileProcessor() {
        return java("file-processor", "-Xmx512m");
    }

    private List<String> java(String module, String heap) {
        Path jar = home.resolve(module).resolve(JAR);
        if (!Files.exists(jar)) {
            throw new LaunchException(module + " is not built: there is no " + jar);
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(heap, "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"));
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow"));
        if (shortLived) {
            command.add("-XX:TieredStopAtLevel=1");
        }
        command.addAll(chosen());
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    private static List<String> chosen() {
        String options = System.getenv().getOrDefault(JAVA_OPTIONS, "");
        return Arrays.stream(options.split(" ")).filter(option -> !option.isBlank()).toList();
    }
}
