package io.tidemill.storage.filesystem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a store owes when its process is killed, short of memory or short of disk. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FilesystemStoreProcessIT {
    private static final long MEGABYTE = 1 << 20;
    private static final int KILLED = 128 + 9;

    @TempDir Path root;

    @Test
    void aWriterKilledInTheMiddleOfAPutLeavesNothingVisible() throws Exception {
        Process child = start(StoreChild.command(root, 8 * MEGABYTE, "stall"));
        try (BufferedReader output = child.inputReader(StandardCharsets.UTF_8)) {
            assertEquals("stalled", output.readLine());
        } finally {
            child.destroyForcibly().waitFor();
        }
        assertEquals(KILLED, child.exitValue());
        assertEquals(8 * MEGABYTE, Files.size(files("incoming").getFirst()));
        new FilesystemStore(root);
        assertEquals(List.of(), files("objects"));
    }

    @Test
    void halfAGigabyteGoesThroughAHeapOf32Megabytes() throws Exception {
        Process child = start(StoreChild.command(root, 512 * MEGABYTE, "finish"));
        assertEquals("stored and read 536870912\n", output(child));
    }

    /** A limit on the size of files fails a write just as a full disk does, without filling one. */
    @Test
    void aWriteThatTheSystemRefusesLeavesNothing() throws Exception {
        List<String> limited =
                new ArrayList<>(List.of("sh", "-c", "ulimit -f 2048; exec \"$@\"", "sh"));
        limited.addAll(StoreChild.command(root, 8 * MEGABYTE, "finish"));
        String output = output(start(limited));
        assertTrue(output.contains("java.io.IOException: File too large"), output);
        assertEquals(List.of(), files("incoming"));
        assertEquals(List.of(), files("objects"));
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String output(Process child) throws IOException {
        try (InputStream output = child.getInputStream()) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            child.destroyForcibly();
        }
    }

    private List<Path> files(String folder) throws IOException {
        try (Stream<Path> all = Files.walk(root.resolve(folder))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
