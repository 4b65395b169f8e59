package io.tidemill.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemill.local.process.Wait;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The system as a person starts it, by {@code ./tidemill up}, on a folder and a port. */
final class Tidemill implements AutoCloseable {
    /** Long, because other programs may want the same two cores. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Path data;
    private final Path printed;

    private Tidemill(Process process, Path data, Path printed) {
        this.process = process;
        this.data = data;
        this.printed = printed;
    }

    /**
     * Returns when everything serves.
     *
     * @param more options
     */
    static Tidemill up(Path data, int port, Map<String, String> environment, String... more)
            throws IOException {
        Path printed = data.resolveSibling(data.getFileName() + ".log");
        List<String> options = new ArrayList<>(List.of(more));
        options.addAll(List.of("--port", String.valueOf(port), "--data", data.toString()));
        Process process = script(printed, environment, "up", options).start();
        Tidemill tidemill = new Tidemill(process, data, printed);
        tidemill.awaitReady();
        return tidemill;
    }

    /** A command of the script, not yet started; it builds nothing, for a build may be running. */
    static ProcessBuilder script(
            Path printed, Map<String, String> environment, String command, List<String> options) {
        ProcessBuilder builder =
                new ProcessBuilder(HOME.resolve("tidemill").toString(), command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(printed.toFile()));
        builder.command().addAll(options);
        builder.environment().put("TIDEMILL_SKIP_BUILD", "1");
        builder.environment().putAll(environment);
        return builder;
    }

    private void awaitReady() {
        boolean ready = Wait.until(PATIENCE, () -> allReady() || !process.isAlive());
        assertTrue(ready && process.isAlive(), () -> "it did not start:\n" + printed());
    }

    private boolean allReady() {
        return Arrays.stream(Role.values()).allMatch(this::isReady);
    }

    private boolean isReady(Role role) {
        return entry(role).path("ready").asBoolean();
    }

    String url() {
        return entry(Role.API).path("url").asText();
    }

    /** Of another replica of the API; returns when that serves, too. */
    String urlOfReplica(int number) {
        String pointer = "/api/" + number;
        assertTrue(Wait.until(PATIENCE, () -> entry(pointer).path("ready").asBoolean()));
        return entry(pointer).path("url").asText();
    }

    long pid(Role role) {
        return entry(role).path("pid").asLong();
    }

    Path data() {
        return data;
    }

    private JsonNode entry(Role role) {
        return entry(role.pointer());
    }

    private JsonNode entry(String pointer) {
        try {
            return JSON.readTree(data.resolve("run.json").toFile()).at(pointer);
        } catch (FileNotFoundException _) {
            return JSON.missingNode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code kill -9} does; returns when the process is gone. */
    long kill(Role role) {
        long pid = pid(role);
        ProcessHandle killed = ProcessHandle.of(pid).orElseThrow();
        assertTrue(killed.destroyForcibly());
        assertTrue(Wait.until(PATIENCE, () -> !killed.isAlive()));
        return pid;
    }

    /** Returns when another process has taken the place and serves. */
    void awaitSuccessor(Role role, long gone) {
        boolean there = Wait.until(PATIENCE, () -> pid(role) != gone && isReady(role));
        assertTrue(there, () -> role + " was not started again:\n" + printed());
    }

    /** All that the launcher has told. */
    private String printed() {
        try {
            return Files.readString(printed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops everything in good order, as SIGTERM does; the data stays. */
    @Override
    public void close() {
        process.destroy();
        assertEquals(0, exitCode(process), this::printed);
    }

    /** Waits for the end of a launcher. */
    static int exitCode(Process process) {
        try {
            assertTrue(
                    process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS),
                    "the launcher never ended");
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
