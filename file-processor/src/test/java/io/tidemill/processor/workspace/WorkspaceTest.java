package io.tidemill.processor.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
    @TempDir Path root;

    @Test
    void anAttemptsFolderIsPrivateAndGoneAfterwards() throws IOException {
        try (Workspace workspace = Workspace.open(root, "worker")) {
            Path path;
            try (AttemptFolder folder = workspace.attempt("execution")) {
                path = folder.path();
                assertEquals(
                        "rwx------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
                Files.createDirectories(path.resolve("deep/er"));
                Files.writeString(path.resolve("deep/er/file"), "x");
                Files.createSymbolicLink(path.resolve("link"), root);
            }
            assertFalse(Files.exists(path));
            assertTrue(Files.exists(root));
        }
        assertEquals(List.of(), entries());
    }

    @Test
    void aFolderIsUsedAgainUnlessSomebodyWasToldOfIt() throws IOException {
        try (Workspace workspace = Workspace.open(root, "worker")) {
            Path first;
            try (AttemptFolder folder = workspace.attempt("first")) {
                first = Files.writeString(folder.input(), "x");
            }
            assertFalse(Files.exists(first));
            try (AttemptFolder folder = workspace.attempt("second")) {
                assertEquals(first, folder.input());
                assertTrue(Files.exists(folder.path()));
            }
            try (AttemptFolder folder = workspace.attempt("third")) {
                assertEquals(root.resolve("worker/third/in"), folder.input());
            }
        }
        assertEquals(List.of(), entries());
    }

    @Test
    void whatADeadProcessLeftIsRemovedAndWhatALiveOneHasStays() throws IOException {
        Files.createDirectories(root.resolve("dead/execution"));
        Files.writeString(root.resolve("dead/execution/in"), "x");
        Files.createFile(root.resolve("dead.lock"));
        try (Workspace live = Workspace.open(root, "live");
                AttemptFolder working = live.attempt("execution");
                Workspace starting = Workspace.open(root, "starting")) {
            assertTrue(Files.exists(working.path()));
            assertFalse(Files.exists(root.resolve("dead")));
            assertFalse(Files.exists(root.resolve("dead.lock")));
            assertTrue(Files.exists(starting.attempt("execution").path()));
        }
    }

    @Test
    void aLinkOrAFileFromElsewhereIsNoOutput() throws IOException {
        Path elsewhere = Files.writeString(root.resolve("secret"), "x");
        try (Workspace workspace = Workspace.open(root.resolve("w"), "worker");
                AttemptFolder folder = workspace.attempt("execution")) {
            Path link = Files.createSymbolicLink(folder.path().resolve("link"), elsewhere);
            assertThrows(IllegalStateException.class, () -> folder.own(link));
            assertThrows(IllegalStateException.class, () -> folder.own(elsewhere));
            Path made = Files.writeString(folder.path().resolve("out"), "x");
            assertEquals(made, folder.own(made));
        }
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.toList();
        }
    }
}
