package io.tidemill.storage.filesystem;

import io.tidemill.storage.ContentKeys;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Which file lies where below the root: {@code objects/ab/cd/<sha-256>} for content, {@code
 * incoming/} for bytes still arriving, {@code trash/} for content whose removal is being decided.
 * All three are on one filesystem, so that a rename between them is atomic.
 */
record Layout(Path root) {
    private static final int KEY_DIGITS = 64;

    Path objects() {
        return root.resolve("objects");
    }

    Path incoming() {
        return root.resolve("incoming");
    }

    Path trash() {
        return root.resolve("trash");
    }

    Path object(String sha256) {
        ContentKeys.require(sha256);
        return objects()
                .resolve(sha256.substring(0, 2))
                .resolve(sha256.substring(2, 4))
                .resolve(sha256);
    }

    Path newIncoming() {
        return incoming().resolve(UUID.randomUUID().toString());
    }

    /**
     * A name no other remover uses, so that two of them never judge or delete each other's file.
     */
    Path newTrash(String sha256) {
        return trash().resolve(ContentKeys.require(sha256) + "." + UUID.randomUUID());
    }

    /** The trash files that hold this content; hardly ever any. */
    List<Path> trashOf(String sha256) throws IOException {
        return list(trash(), ContentKeys.require(sha256) + ".*");
    }

    /** Everything in the trash that this store put there. */
    List<Path> allTrash() throws IOException {
        return list(trash(), "[0-9a-f]".repeat(KEY_DIGITS) + ".*");
    }

    /** Where a trash file came from. */
    Path originOf(Path trash) {
        return object(trash.getFileName().toString().substring(0, KEY_DIGITS));
    }

    static List<Path> list(Path folder, String glob) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
            files.forEach(found::add);
        }
        return found;
    }
}
