package io.tidemill.processor.operation.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.processor.engine.installed.Clamd;
import io.tidemill.processor.operation.Attempt;
import io.tidemill.processor.operation.Engine;
import io.tidemill.processor.operation.Outcome;
import io.tidemill.processor.operation.Progress;
import io.tidemill.processor.tool.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VirusScanTest {
    private static final Path CLAMD = Path.of("/usr/sbin/clamd");

    /** Joined at run time only: nothing of this project may look like a test virus. */
    private static final byte[] EICAR =
            String.join(
                            "",
                            "X5O!P%@AP[4\\PZX54(P^)",
                            "7CC)7}$EICAR-STANDARD",
                            "-ANTIVIRUS-TEST-FILE!$H+H*")
                    .getBytes(StandardCharsets.US_ASCII);

    @TempDir Path folder;

    @Test
    void thisIsTheTestFileOfEicar() throws Exception {
        assertEquals(
                "275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f",
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(EICAR)));
    }

    @Test
    void theTestSignaturesFindTheTestFileWhereverItStands() throws Exception {
        VirusScan scan = new VirusScan(Optional.empty());
        for (int before : new int[] {0, 1, 65_535 - 30, 65_536, 200_000}) {
            byte[] file = Arrays.copyOf(new byte[before], before + EICAR.length + 5);
            System.arraycopy(EICAR, 0, file, before, EICAR.length);
            Outcome.Done done = Workbench.done(scan.run(attempt(file, Map.of())));
            assertEquals("infected", done.result().get("verdict"), "after " + before);
            assertEquals("test-signatures", done.result().get("scanner"));
        }
    }

    @Test
    void theTestSignaturesSayThatTheyDoNotProtect() throws Exception {
        VirusScan scan = new VirusScan(Optional.empty());
        for (byte[] clean :
                new byte[][] {new byte[0], Arrays.copyOf(EICAR, 67), new byte[99_999]}) {
            Outcome.Done done = Workbench.done(scan.run(attempt(clean, Map.of())));
            assertEquals("clean", done.result().get("verdict"));
            assertTrue(Workbench.figure(done, "warning").contains("protects from nothing"));
            assertFalse(done.result().containsKey("signature"));
        }
    }

    @Test
    void anInfectedFileFailsIfWished() throws Exception {
        VirusScan scan = new VirusScan(Optional.empty());
        Outcome.Broken broken =
                assertInstanceOf(
                        Outcome.Broken.class,
                        scan.run(attempt(EICAR, Map.of("onInfected", "fail"))));
        assertEquals("INFECTED", broken.failure().code());
        assertEquals("Eicar-Test-Signature", broken.result().get("signature"));
    }

    @Test
    void aScannerThatIsAwayIsATransientFailure() throws Exception {
        VirusScan scan = new VirusScan(Optional.of(Clamd.at(folder + "/none")));
        assertEquals("DEPENDENCY_UNAVAILABLE", Workbench.code(scan.run(attempt(EICAR, Map.of()))));
        VirusScan tcp = new VirusScan(Optional.of(Clamd.at("127.0.0.1:1")));
        assertEquals("DEPENDENCY_UNAVAILABLE", Workbench.code(tcp.run(attempt(EICAR, Map.of()))));
    }

    @Test
    void clamdScansWhatIsStreamedToIt() throws Exception {
        if (!Files.isExecutable(CLAMD)) {
            String why = "skipped: the full tier of virus-scan (clamd) is not installed here";
            System.out.println(why);
            Assumptions.abort(why);
        }
        Path socket = Files.createTempDirectory("tm-clamd").resolve("s");
        Process daemon = startClamd(socket);
        try {
            Clamd clamd = Clamd.at(socket.toString());
            Eventually.holds(
                    "clamd answers", Duration.ofSeconds(60), () -> clamd.version().isPresent());
            VirusScan scan = new VirusScan(Optional.of(clamd));
            assertInstanceOf(Engine.Available.class, scan.engine());
            assertVerdicts(scan);
            daemon.destroyForcibly().waitFor();
            assertEquals(
                    "DEPENDENCY_UNAVAILABLE", Workbench.code(scan.run(attempt(EICAR, Map.of()))));
        } finally {
            daemon.destroyForcibly().waitFor();
            Files.deleteIfExists(socket);
            Files.delete(socket.getParent());
        }
    }

    private void assertVerdicts(VirusScan scan) throws IOException, InterruptedException {
        List<Workbench.Told> told = new ArrayList<>();
        Progress progress = (percent, done) -> told.add(new Workbench.Told(percent, done));
        Attempt large = attempt(new byte[300_000], Map.of());
        Outcome.Done clean = Workbench.done(scan.run(Workbench.watched(large, progress)));
        assertEquals(new Workbench.Told(0, "0 of 300 KB"), told.getFirst());
        assertEquals(new Workbench.Told(21, "65 of 300 KB"), told.get(1));
        assertEquals(new Workbench.Told(99, "300 of 300 KB"), told.getLast());
        assertEquals("clean", Workbench.figure(clean, "verdict"));
        assertEquals("clamd", Workbench.figure(clean, "scanner"));
        assertTrue(Workbench.figure(clean, "scannerVersion").matches("\\d+\\.\\d+.*"));
        Outcome.Done infected = Workbench.done(scan.run(attempt(EICAR, Map.of())));
        assertEquals("infected", Workbench.figure(infected, "verdict"));
        assertTrue(Workbench.figure(infected, "signature").contains("Tidemill.Eicar"));
        assertEquals(
                "LIMIT_EXCEEDED", Workbench.code(scan.run(attempt(new byte[3_000_000], Map.of()))));
    }

    private Process startClamd(Path socket) throws IOException {
        Path database = Files.createDirectory(folder.resolve("db"));
        String signature = "Tidemill.Eicar:0:*:" + HexFormat.of().formatHex(EICAR) + "\n";
        Files.writeString(database.resolve("test.ndb"), signature);
        Path config = folder.resolve("clamd.conf");
        Files.writeString(
                config,
                """
                Foreground yes
                LocalSocket %s
                DatabaseDirectory %s
                TemporaryDirectory %s
                PidFile %s
                StreamMaxLength 2M
                ScanImageFuzzyHash no
                AlertEncrypted yes
                AlertExceedsMax yes
                """
                        .formatted(socket, database, folder, folder.resolve("pid")));
        return new ProcessBuilder(CLAMD.toString(), "--config-file=" + config)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("clamd.log").toFile())
                .start();
    }

    private Attempt attempt(byte[] content, Map<String, Object> parameters) throws IOException {
        return Workbench.attempt(folder, content, "a", "application/octet-stream", parameters);
    }
}
