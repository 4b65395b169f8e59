package io.tidemill.processor.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.tidemill.contract.FileRef;
import io.tidemill.processor.engine.installed.Clamd;
import io.tidemill.processor.engine.installed.GuardedScanning;
import io.tidemill.processor.operation.Progress;
import io.tidemill.processor.tool.Eventually;
import io.tidemill.storage.ContentNotFoundException;
import io.tidemill.storage.StoredContent;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What guards the calls that leave the process, as the application puts it around them. */
@QuarkusTest
@TestProfile(StoredFilesTest.Settings.class)
class StoredFilesTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    /** No broker is there; retries of storing are set as an operator would. */
    public static final class Settings implements QuarkusTestProfile {
        private static final String PUT =
                "quarkus.fault-tolerance.\"" + StoredFiles.class.getName() + "/put\".retry.";

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "tidemill.storage.root",
                    "target/unused-storage",
                    "tidemill.workspace.root",
                    "target/unused-workspace",
                    "tidemill.engines.embedded-only",
                    "true",
                    "tidemill.worker.drain",
                    "0s",
                    "amqp-port",
                    "1",
                    "quarkus.http.test-port",
                    "0",
                    PUT + "max-retries",
                    "4",
                    PUT + "delay",
                    "10",
                    PUT + "jitter",
                    "5");
        }
    }

    @Inject StoredFiles files;
    @Inject FlakyStore store;
    @Inject GuardedScanning scanning;
    @TempDir Path folder;

    @BeforeEach
    void wellAgain() {
        store.failing.set(0);
        store.calls.set(0);
    }

    @Test
    void aHiccupWhileFetchingIsBridgedFromTheBeginning() throws Exception {
        FileRef ref = stored("0123456789");
        store.failing.set(2);
        files.fetch(ref, folder.resolve("in"));
        assertEquals("0123456789", Files.readString(folder.resolve("in")));
        assertEquals(3, store.calls.get());
    }

    @Test
    void whatLastsLongerIsLeftToTheNextAttempt() throws Exception {
        FileRef ref = stored("0123456789");
        store.failing.set(100);
        assertThrows(IOException.class, () -> files.fetch(ref, folder.resolve("in")));
        assertEquals(3, store.calls.get());
    }

    @Test
    void otherBytesAndMissingOnesAreNotAskedForAgain() throws Exception {
        FileRef ref = stored("0123456789");
        FileRef missing = new FileRef("a", "text/plain", 9, "0".repeat(64));
        assertThrows(
                ContentNotFoundException.class, () -> files.fetch(missing, folder.resolve("in")));
        assertEquals(1, store.calls.get());
        FileRef shorter = new FileRef("a", "text/plain", 3, ref.sha256());
        assertThrows(
                ChecksumMismatchException.class, () -> files.fetch(shorter, folder.resolve("in")));
        assertEquals(2, store.calls.get());
    }

    @Test
    void theRetriesOfStoringAreSetByConfiguration() throws Exception {
        Path file = Files.writeString(folder.resolve("out"), "0123456789");
        store.failing.set(4);
        assertEquals(10, files.put(file, "a.txt", 100).size());
        assertEquals(5, store.calls.get());
    }

    @Test
    void anInterruptInThePauseBeforeARetryEndsTheCall() throws Exception {
        FileRef ref = stored("0123456789");
        store.failing.set(1);
        CompletableFuture<Boolean> fetched = new CompletableFuture<>();
        Thread caller =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        files.fetch(ref, folder.resolve("in"));
                                        fetched.complete(true);
                                    } catch (IOException | InterruptedException _) {
                                        fetched.complete(false);
                                    } catch (RuntimeException _) {
                                        fetched.complete(false);
                                    }
                                });
        Eventually.holds("it pauses", LONG, () -> caller.getState() == Thread.State.TIMED_WAITING);
        caller.interrupt();
        assertFalse(fetched.get(5, TimeUnit.SECONDS));
        assertEquals(1, store.calls.get());
    }

    @Test
    void aScannerThatFailsMostCallsIsLeftInPeace() throws Exception {
        Path file = Files.writeString(folder.resolve("in"), "some text");
        Clamd away = Clamd.at("127.0.0.1:" + closedPort());
        for (int call = 0; call < 4; call++) {
            assertThrows(IOException.class, () -> scan(away, file));
        }
        assertThrows(CircuitBreakerOpenException.class, () -> scan(away, file));
    }

    private void scan(Clamd clamd, Path file) throws IOException, InterruptedException {
        scanning.scan(clamd, file, LONG, Progress.SILENT);
    }

    private FileRef stored(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StoredContent content = store.put(new ByteArrayInputStream(bytes), "a.txt", bytes.length);
        store.calls.set(0);
        return new FileRef("a.txt", "text/plain", content.size(), content.sha256());
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
