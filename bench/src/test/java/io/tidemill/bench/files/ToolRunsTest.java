package io.tidemill.bench.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.local.process.LaunchException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class ToolRunsTest {
    @TempDir private Path folder;

    private final ToolRuns script =
            new ToolRuns(
                    Path.of("/bin/sh"),
                    file -> List.of(file.toString()),
                    Map.of("LOOPS", "200000"));

    private Path script(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void whatProgramsTakeThatHaveEndedIsCounted() throws Exception {
        Path busy = script("busy", "i=0; while [ $i -lt $LOOPS ]; do i=$((i+1)); done");
        double seconds = script.work(List.of(busy, busy));
        assertTrue(seconds >= 0.03, () -> "only " + seconds);
    }

    @Test
    void aProgramThatFailsFailsTheMeasurement() throws Exception {
        Path broken = script("broken", "exit 3");
        assertThrows(LaunchException.class, () -> script.work(List.of(broken)));
    }

    @Test
    void whatItCannotReadIsLeftOut() throws Exception {
        Path good = script("good", "exit 0");
        Path broken = script("broken", "exit 3");
        assertEquals(List.of(good), script.readable(List.of(broken, good)));
    }
}
