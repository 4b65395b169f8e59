package io.tidemill.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A TypeScript client can be generated from the contract, compiles strictly, and does the main job.
 */
class TypeScriptClientIT {
    @Test
    void compilesAndDoesTheMainJob(@TempDir Path folder) throws IOException {
        String url = ServerUnderTest.url();
        ContractChecks.run("client");
        Path picture = SamplePicture.in(folder);
        String printed = ContractChecks.run("main-job", url, picture.toString());
        assertTrue(printed.contains(" SUCCEEDED "), printed);
    }
}
