package io.tidemill.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.local.demo.Eicar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first command of the README does what it says. */
class DemoE2E {
    @Test
    void theDemoShowsEveryFileAndEndsWell(@TempDir Path folder) throws IOException {
        Path printed = folder.resolve("printed.txt");
        Process demo = Tidemill.script(printed, Map.of(), "demo", List.of()).start();
        try {
            int exit = Tidemill.exitCode(demo);
            String text = Files.readString(printed);
            assertEquals(0, exit, text);
            assertShown(text, Samples.PHOTO, Samples.PDF, Samples.TRUNCATED, Eicar.NAME);
            assertShown(text, "SUCCEEDED", "INVALID_INPUT", "INFECTED", "It all works.");
        } finally {
            demo.destroy();
        }
    }

    private static void assertShown(String text, String... words) {
        for (String word : words) {
            assertTrue(text.contains(word), () -> word + " is missing in:\n" + text);
        }
    }
}
