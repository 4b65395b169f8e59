package io.tidemill.local;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemill.local.process.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** The launcher as a person starts it: a process with arguments, output, signals, exit code. */
final class LauncherProcess implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final Path errors;

    private LauncherProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    static LauncherProcess start(Path home, List<String> arguments) throws IOException {
        Path errors = Files.createTempFile(home, "launcher", ".err");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Dtidemill.home=" + home));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Launcher.class.getName());
        command.addAll(arguments);
        return new LauncherProcess(
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(errors.toFile())
                        .start(),
                errors);
    }

    /** Waits until {@code run.json} in the folder is as wanted. */
    JsonNode awaitRun(Path data, Predicate<JsonNode> wanted) {
        AtomicReference<JsonNode> found = new AtomicReference<>(read(data));
        Wait.until(
                LIMIT,
                () -> {
                    found.set(read(data));
                    return wanted.test(found.get()) || !process.isAlive();
                });
        JsonNode run = found.get();
        assertTrue(wanted.test(run), () -> "run.json stayed " + run + errors());
        return run;
    }

    /** How to reach the database that {@code run.json} names. */
    static Map<String, String> environment(JsonNode run) {
        return Map.of(
                "TIDEMILL_DATABASE_HOST", run.at("/postgres/host").asText(),
                "TIDEMILL_DATABASE_PORT", run.at("/postgres/port").asText(),
                "TIDEMILL_DATABASE_NAME", run.at("/postgres/database").asText(),
                "TIDEMILL_DATABASE_USERNAME", run.at("/postgres/username").asText(),
                "TIDEMILL_DATABASE_PASSWORD", run.at("/postgres/password").asText());
    }

    private static JsonNode read(Path data) {
        Path file = data.resolve("run.json");
        try {
            return Files.exists(file)
                    ? new ObjectMapper().readTree(file.toFile())
                    : new ObjectMapper().createObjectNode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a person sees on stderr. */
    String errors() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void terminate() {
        process.destroy();
    }

    void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    int awaitExit() {
        try {
            assertTrue(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS), "it never ended");
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Ends it if a failed test left it running. */
    @Override
    public void close() {
        if (process.isAlive()) {
            terminate();
            awaitExit();
        }
    }
}
