package io.tidemill.storage.filesystem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/** When content was last put: the modification time of its file. */
final class Stamp {
    private Stamp() {}

    static Instant read(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant();
    }

    static Instant renew(Path file) throws IOException {
        Instant now = Instant.now();
        Files.setLastModifiedTime(file, FileTime.from(now));
        return now;
    }

    /**
     * Renews the stamp of a file that may be renamed away at the same moment. Setting the time
     * opens the file first, so it can hit a file that has already lost its name and whose old time
     * a remover has already seen. Only a new time read back under the old name proves that every
     * later remover will see it.
     *
     * @return whether the file is there and carries the new time, durably
     */
    static boolean renewIfPresent(Path file) throws IOException {
        try {
            Instant now = renew(file);
            Folders.force(file);
            return !read(file).isBefore(now);
        } catch (NoSuchFileException _) {
            return false;
        }
    }
}
