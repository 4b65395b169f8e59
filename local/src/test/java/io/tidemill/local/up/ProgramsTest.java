package io.tidemill.local.up;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tidemill.local.process.LaunchException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramsTest {
    @Test
    void aServiceThatIsNotBuiltIsNamed(@TempDir Path home) {
        LaunchException refused =
                assertThrows(LaunchException.class, () -> new Programs(home).jobsApi());
        Path jar = home.resolve("jobs-api/target/quarkus-app/quarkus-run.jar");
        assertEquals("jobs-api is not built: there is no " + jar, refused.line());
    }
}
