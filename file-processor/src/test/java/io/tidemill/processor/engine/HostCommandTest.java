package io.tidemill.processor.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How engine hosts are started by programs of different making. */
class HostCommandTest {
    private static final Path EXECUTABLE = Path.of("/opt/tidemill/file-processor");

    @Test
    void aNativeExecutableStartsThePackagedProgramBesideItOnTheJvm() {
        assertEquals(
                List.of(
                        "/opt/java/bin/java",
                        "-jar",
                        "/opt/tidemill/host/quarkus-run.jar",
                        EngineHost.ARGUMENT),
                HostCommand.beside(EXECUTABLE, "/opt/java"));
    }

    @Test
    void aNativeExecutableMustBeToldWhereJavaIs() {
        var refused =
                assertThrows(
                        IllegalStateException.class, () -> HostCommand.beside(EXECUTABLE, null));
        assertEquals("JAVA_HOME must say where engine hosts find Java", refused.getMessage());
    }

    @Test
    void onTheJvmTheClassPathIsUsed() {
        assertFalse(HostCommand.isNative());
        assertEquals("-cp", HostCommand.ofThisProgram().get(1));
    }
}
