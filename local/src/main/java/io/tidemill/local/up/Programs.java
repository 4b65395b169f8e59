package io.tidemill.local.up;

import io.tidemill.local.process.LaunchException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

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

    /**
     * Room for what young collections find of uploads under way, a few hundred kilobytes of each:
     * what does not fit grows old, and then all stops for a tenth of a second again and again. What
     * outlives four collections is no upload, and copying it again would take 20 ms each time.
     */
    private static final List<String> UPLOADING =
            List.of(
                    "-Xmn64m",
                    "-XX:SurvivorRatio=1",
                    "-XX:TargetSurvivorRatio=90",
                    "-XX:MaxTenuringThreshold=4");

    /** Grows when thousands follow streams. */
    private static final List<String> HEAP =
            List.of("-Xms112m", "-Xmx192m", "-XX:MetaspaceSize=128m");

    List<String> jobsApi() {
        return java("jobs-api", Stream.of(HEAP, UPLOADING).flatMap(List::stream).toList());
    }

    List<String> fileProcessor() {
        return java("file-processor", List.of("-Xmx512m"));
    }

    private List<String> java(String module, List<String> heap) {
        Path jar = home.resolve(module).resolve(JAR);
        if (!Files.exists(jar)) {
            throw new LaunchException(module + " is not built: there is no " + jar);
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(heap);
        command.addAll(
                List.of(
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:+UseSerialGC",
                        "-XX:+UseCompactObjectHeaders",
                        // gives back what the compilers no longer need
                        "-XX:TrimNativeHeapInterval=10000"));
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
