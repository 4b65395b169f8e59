package io.tidemill.storage.filesystem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;

/** Tidies up after processes that died, without disturbing those that live. */
final class Leftovers {
    /** No upload pauses that long: every write renews the time of its file. */
    private static final Duration ABANDONED_AFTER = Duration.ofDays(1);

    private Leftovers() {}

    static void clear(Layout layout) throws IOException {
        Instant limit = Instant.now().minus(ABANDONED_AFTER);
        for (Path incoming : Layout.list(layout.incoming(), "*")) {
            deleteIfOlder(incoming, limit);
        }
        for (Path trash : layout.allTrash()) {
            restore(trash, layout.originOf(trash));
        }
    }

    private static void deleteIfOlder(Path file, Instant limit) throws IOException {
        try {
            if (Stamp.read(file).isBefore(limit)) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException _) {
            // Its writer has just finished.
        }
    }

    /**
     * Gives content its name back. A put that finished meanwhile has made a file with that name;
     * the bytes are the same, so it is only the newer stamp that must not be lost.
     */
    static void restore(Path trash, Path object) throws IOException {
        try {
            if (Files.exists(object)) {
                Files.delete(trash);
                return;
            }
            Stamp.renew(trash);
            Files.move(trash, object, StandardCopyOption.ATOMIC_MOVE);
            Folders.force(Folders.of(object));
        } catch (NoSuchFileException _) {
            // Another process was faster.
        }
    }
}
