package io.tidemill.local.up;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real process, as an earlier launcher might have left it. */
class LeftOversIT {
    @TempDir Path folder;
    private Process process;

    @BeforeEach
    void startProcess() throws IOException {
        process = new ProcessBuilder("sleep", "60").start();
    }

    @AfterEach
    void endProcess() {
        process.destroyForcibly();
    }

    @Test
    void aProcessOfTheEarlierLauncherIsEnded() throws Exception {
        Instant start = process.info().startInstant().orElseThrow();
        assertEquals(1, LeftOvers.end(runFile(start)));
        assertTrue(process.waitFor(10, TimeUnit.SECONDS), "it still runs");
    }

    @Test
    void aStrangerWhoGotTheSameProcessIdIsLeftAlone() throws Exception {
        Instant earlier = process.info().startInstant().orElseThrow().minus(Duration.ofHours(1));
        assertEquals(0, LeftOvers.end(runFile(earlier)));
        assertTrue(process.isAlive());
    }

    @Test
    void aFileThatIsNotOursNamesNobody() throws Exception {
        assertEquals(0, LeftOvers.end(write("not json")));
        assertEquals(0, LeftOvers.end(write("{\"pid\": %d}".formatted(process.pid()))));
        assertEquals(0, LeftOvers.end(folder.resolve("missing.json")));
    }

    private Path runFile(Instant start) throws IOException {
        return write(
                "{\"processors\": [{\"pid\": %d, \"startTime\": \"%s\"}]}"
                        .formatted(process.pid(), start));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("run.json"), text);
    }
}
