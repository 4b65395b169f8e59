package io.tidemill.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemill.local.process.FreePort;
import io.tidemill.local.process.Wait;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command {@code up} on the real PostgreSQL and broker; the two services are stand-ins. Every
 * process here is a real one, and dies by real signals.
 */
class UpIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir Path home;
    private Path data;
    private int port;

    @BeforeEach
    void install() throws Exception {
        StandInService.install(home);
        data = home.resolve("data");
        port = FreePort.find();
    }

    @Test
    void whateverDiesIsStartedAgainAndSigtermEndsAll() throws Exception {
        try (LauncherProcess launcher = up()) {
            JsonNode first = launcher.awaitRun(data, UpIT::allReady);
            assertEquals("http://127.0.0.1:" + port, first.at("/api/0/url").asText());
            for (String role : List.of("/api/0", "/processors/0", "/broker", "/postgres")) {
                kill(pid(first, role));
                JsonNode next =
                        launcher.awaitRun(
                                data, run -> allReady(run) && pid(run, role) != pid(first, role));
                assertEquals(reach(first, role), reach(next, role), "it must stay where it was");
            }
            JsonNode last = launcher.awaitRun(data, UpIT::allReady);
            launcher.terminate();
            assertEquals(0, launcher.awaitExit(), launcher::errors);
            assertTrue(pids(last).stream().noneMatch(UpIT::isAlive), "something still runs");
            assertFalse(Files.exists(data.resolve("run.json")));
        }
    }

    @Test
    void aKilledLauncherLeavesNothingRunningAndTheDataForTheNext() throws Exception {
        JsonNode first;
        try (LauncherProcess launcher = up()) {
            first = launcher.awaitRun(data, UpIT::allReady);
            try (Sql sql = Sql.connect(LauncherProcess.environment(first))) {
                sql.execute("CREATE TABLE kept AS SELECT 42 AS answer");
            }
            launcher.kill();
        }
        try (LauncherProcess launcher = up()) {
            JsonNode second =
                    launcher.awaitRun(
                            data,
                            run ->
                                    allReady(run)
                                            && pid(run, "/launcher") != pid(first, "/launcher"));
            assertTrue(pids(first).stream().noneMatch(UpIT::isAlive), "left-overs still run");
            try (Sql sql = Sql.connect(LauncherProcess.environment(second))) {
                assertEquals("42", sql.query("SELECT answer FROM kept"));
            }
            assertRefused("another tidemill already runs on " + data, "--data", data.toString());
        }
    }

    @Test
    void nothingStaysBehindWhenTheLauncherIsKilled() throws Exception {
        try (LauncherProcess launcher = up()) {
            JsonNode run = launcher.awaitRun(data, UpIT::allReady);
            launcher.kill();
            assertTrue(Wait.until(LIMIT, () -> pids(run).stream().noneMatch(UpIT::isAlive)));
        }
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String number = String.valueOf(taken.getLocalPort());
            assertRefused("port " + number + " is in use", "--port", number, "--data", "" + data);
        }
    }

    @Test
    void aDataFolderThatCannotBeWrittenIsNamed() throws Exception {
        Path file = Files.createFile(home.resolve("file"));
        Path below = file.resolve("data");
        assertRefused("cannot write to the data folder " + below, "--data", below.toString());
    }

    @Test
    void anUnknownOptionIsNamed() throws Exception {
        assertRefused("unknown option --prot", "--prot", "1");
    }

    @Test
    void runJsonHoldsPasswordsSoOnlyTheOwnerReadsIt() throws Exception {
        try (LauncherProcess launcher = up("--processors", "0")) {
            launcher.awaitRun(data, run -> run.at("/api/0/ready").asBoolean());
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(data.resolve("run.json"))));
        }
    }

    private LauncherProcess up(String... options) throws Exception {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("up", "--port", String.valueOf(port), "--data", data.toString()));
        arguments.addAll(List.of(options));
        return LauncherProcess.start(home, arguments);
    }

    /** One clear line, and an exit code that tells a script. */
    private void assertRefused(String begin, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("up"));
        arguments.addAll(List.of(options));
        try (LauncherProcess launcher = LauncherProcess.start(home, arguments)) {
            assertEquals(1, launcher.awaitExit());
            List<String> lines = launcher.errors().lines().toList();
            assertEquals(1, lines.size(), launcher::errors);
            assertTrue(lines.getFirst().startsWith("tidemill: " + begin), lines::getFirst);
        }
    }

    private static boolean allReady(JsonNode run) {
        return List.of("/api/0", "/processors/0", "/broker", "/postgres").stream()
                .allMatch(role -> run.at(role + "/ready").asBoolean());
    }

    private static long pid(JsonNode run, String role) {
        return run.at(role + "/pid").asLong();
    }

    private static List<Long> pids(JsonNode run) {
        return run.findValues("pid").stream().map(JsonNode::asLong).toList();
    }

    private static String reach(JsonNode run, String role) {
        JsonNode entry = run.at(role);
        return entry.path("url").asText() + entry.path("port").asText() + entry.path("amqp");
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }
}
