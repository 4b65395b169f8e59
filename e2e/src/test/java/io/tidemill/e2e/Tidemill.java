package io.tidemill.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemill.local.process.FreePort;
import io.tidemill.local.process.Wait;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The system as a person starts it, by {@code ./tidemill up}, on a folder and a port. */
final class Tidemill implements AutoCloseable {
    /** Long, because other programs may want the same two cores. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Path data;
    private final Path printed;
    private final List<String> replicas;

    private Tidemill(Process process, Path data, Path printed, int replicas) {
        this.replicas = IntStream.range(0, replicas).mapToObj(i -> "/api/" + i).toList();
        this.process = process;
        this.data = data;
        this.printed = printed;
    }

    /** The first of so many free ports in a row: replicas take those that follow. */
    static int freePorts(int count) {
        return IntStream.generate(FreePort::find)
                .filter(port -> IntStream.range(port + 1, port + count).allMatch(FreePort::isFree))
                .findFirst()
                .orElseThrow();
    }

    /** Returns when everything serves. */
    static Tidemill up(Path data, int port, Map<String, String> environment) throws IOException {
        return up(data, port, environment, 1);
    }

    /** The same with several replicas of the API. */
    static Tidemill up(Path data, int port, Map<String, String> environment, int replicas)
            throws IOException {
        Path printed = data.resolveSibling(data.getFileName() + ".log");
        List<String> options =
                List.of(
                        "--port",
                        String.valueOf(port),
                        "--data",
                        data.toString(),
                        "--api",
                        String.valueOf(replicas));
        Process process = script(printed, environment, "up", options).start();
        Tidemill tidemill = new Tidemill(process, data, printed, replicas);
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
        return Stream.concat(Arrays.stream(Role.values()).map(Role::pointer), replicas.stream())
                .allMatch(this::isReady);
    }

    private boolean isReady(String pointer) {
        return entry(pointer).path("ready").asBoolean();
    }

    /** Where each replica of the API answers. */
    List<String> urls() {
        return replicas.stream().map(replica -> entry(replica).path("url").asText()).toList();
    }

    String url() {
        return urls().getFirst();
    }

    long pid(Role role) {
        return pid(role.pointer());
    }

    private long pid(String pointer) {
        return entry(pointer).path("pid").asLong();
    }

    /** A connection to its database, as one of the services. */
    Connection database() throws SQLException {
        JsonNode postgres = entry(Role.POSTGRES.pointer());
        String url =
                "jdbc:postgresql://%s:%d/%s"
                        .formatted(
                                postgres.path("host").asText(),
                                postgres.path("port").asInt(),
                                postgres.path("database").asText());
        return DriverManager.getConnection(
                url, postgres.path("username").asText(), postgres.path("password").asText());
    }

    Path data() {
        return data;
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
        return kill(role.pointer());
    }

    /** The same of one replica of the API; returns when another has taken its place and serves. */
    void killReplica(int replica) {
        String pointer = replicas.get(replica);
        awaitSuccessor(pointer, kill(pointer));
    }

    /**
     * Tells one replica of the API to stop, by SIGTERM; returns when another has taken its place.
     */
    void stopReplica(int replica) {
        String pointer = replicas.get(replica);
        long pid = pid(pointer);
        assertTrue(ProcessHandle.of(pid).orElseThrow().destroy());
        awaitSuccessor(pointer, pid);
    }

    private long kill(String pointer) {
        long pid = pid(pointer);
        ProcessHandle killed = ProcessHandle.of(pid).orElseThrow();
        assertTrue(killed.destroyForcibly());
        assertTrue(Wait.until(PATIENCE, () -> !killed.isAlive()));
        return pid;
    }

    /** Returns when another process has taken the place and serves. */
    void awaitSuccessor(Role role, long gone) {
        awaitSuccessor(role.pointer(), gone);
    }

    private void awaitSuccessor(String pointer, long gone) {
        boolean there = Wait.until(PATIENCE, () -> pid(pointer) != gone && isReady(pointer));
        assertTrue(there, () -> pointer + " was not started again:\n" + printed());
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
