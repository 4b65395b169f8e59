package io.tidemill.storage.filesystem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Readies the folders of a store, and finds out at once when they cannot be written. */
final class Opening {
    private Opening() {}

    static void prepare(Layout layout) throws IOException {
        makeWithParents(layout.root());
        Folders.make(layout.objects());
        Folders.make(layout.incoming());
        Folders.make(layout.trash());
        Path probe = Files.createFile(layout.newIncoming());
        Files.delete(probe);
    }

    private static void makeWithParents(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            makeWithParents(Folders.of(folder));
            Folders.make(folder);
        }
    }
}
