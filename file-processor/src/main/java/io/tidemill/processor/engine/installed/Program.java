package io.tidemill.processor.engine.installed;

import io.tidemill.processor.tool.Executables;
import io.tidemill.processor.tool.Limits;
import io.tidemill.processor.tool.Tool;
import io.tidemill.processor.tool.ToolCall;
import io.tidemill.processor.tool.ToolResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An installed program that has answered.
 *
 * @param version such as {@code 8.14.1}
 */
record Program(Path path, String version) {
    static final long MEBIBYTE = 1024 * 1024;

    private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)+");
    private static final Limits PROBE =
            new Limits(Duration.ofSeconds(5), Duration.ofSeconds(5), 1024 * MEBIBYTE, MEBIBYTE);

    /** The program if this machine has it and it tells its version within five seconds. */
    static Optional<Program> find(String name, String versionOption) {
        return Executables.find(name)
                .flatMap(
                        path ->
                                probe(path, versionOption)
                                        .map(VERSION::matcher)
                                        .filter(Matcher::find)
                                        .map(version -> new Program(path, version.group())));
    }

    /** What the program prints when run with one option; empty when it fails. */
    static Optional<String> probe(Path path, String option) {
        try {
            ToolResult result = Tool.run(call(path, folder(), Map.of(), PROBE, List.of(option)));
            return result.succeeded()
                    ? Optional.of(result.stdout() + "\n" + result.stderr())
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Runs it with its working folder in {@code folder}. */
    ToolResult run(
            Path folder, Map<String, String> environment, Limits limits, List<String> arguments)
            throws IOException, InterruptedException {
        return Tool.run(call(path, folder, environment, limits, arguments));
    }

    /** The same, watched: {@code look} as in {@link Tool#run(ToolCall, Runnable)}. */
    ToolResult run(
            Path folder,
            Map<String, String> environment,
            Limits limits,
            List<String> arguments,
            Runnable look)
            throws IOException, InterruptedException {
        return Tool.run(call(path, folder, environment, limits, arguments), look);
    }

    private static ToolCall call(
            Path path,
            Path folder,
            Map<String, String> environment,
            Limits limits,
            List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(path.toString()));
        command.addAll(arguments);
        return new ToolCall(command, folder, environment, limits);
    }

    private static Path folder() {
        return Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
    }
}
