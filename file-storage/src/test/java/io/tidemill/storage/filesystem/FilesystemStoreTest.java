package io.tidemill.storage.filesystem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.storage.ContentTooLargeException;
import io.tidemill.storage.FileStore;
import io.tidemill.storage.FileStoreConformance;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesystemStoreTest extends FileStoreConformance {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);
    private static final String HELLO_SHA256 =
            "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @TempDir Path folder;

    @Override
    protected FileStore openEmptyStore() throws IOException {
        return new FilesystemStore(root());
    }

    @Test
    void contentLiesUnderItsSha256WithinTwoLevelsOfFolders() throws IOException {
        putHello();
        assertEquals(List.of("objects/2c/f2/" + HELLO_SHA256), files());
        assertArrayEquals(HELLO, Files.readAllBytes(object()));
    }

    @Test
    void onlyTheOwnerMayReadTheFilesAndFolders() throws IOException {
        putHello();
        assertEquals("rw-------", permissions(object()));
        for (Path path = Folders.of(object()); path.startsWith(root()); path = Folders.of(path)) {
            assertEquals("rwx------", permissions(path), path::toString);
        }
    }

    @Test
    void anotherStoreOnTheSameFolderSeesTheContent() throws IOException {
        putHello();
        try (InputStream content = new FilesystemStore(root()).open(HELLO_SHA256)) {
            assertArrayEquals(HELLO, content.readAllBytes());
        }
    }

    @Test
    void nothingIsLeftBehindByPutsThatFailOrRepeat() throws IOException {
        FileStore store = openEmptyStore();
        assertThrows(
                ContentTooLargeException.class,
                () -> store.put(new ByteArrayInputStream(HELLO), 4));
        putHello();
        putHello();
        assertEquals(1, files().size());
    }

    @Test
    void puttingBytesAgainKeepsTheirFileAndRenewsItsTime() throws IOException {
        putHello();
        Object file = Files.getAttribute(object(), "unix:ino");
        age(object());
        putHello();
        assertEquals(file, Files.getAttribute(object(), "unix:ino"));
        assertTrue(Stamp.read(object()).isAfter(Instant.now().minus(Duration.ofHours(1))));
    }

    @Test
    void aStampOfAFileThatIsNotThereIsNotRenewed() throws IOException {
        assertFalse(Stamp.renewIfPresent(folder.resolve("missing")));
    }

    @Test
    void contentThatARemoverHasInItsHandsCanBeRead() throws IOException {
        FileStore store = openEmptyStore();
        store.put(new ByteArrayInputStream(HELLO), 5);
        Files.move(object(), new Layout(root()).newTrash(HELLO_SHA256));
        assertTrue(store.contains(HELLO_SHA256));
        try (InputStream content = store.open(HELLO_SHA256)) {
            assertArrayEquals(HELLO, content.readAllBytes());
        }
    }

    @Test
    void contentPutAgainBetweenARemoversTwoLooksIsGivenBack() throws IOException {
        putHello();
        Path trash = new Layout(root()).newTrash(HELLO_SHA256);
        Files.move(object(), trash);
        FilesystemStore.judge(trash, object(), Instant.now().minus(Duration.ofHours(1)));
        assertEquals(List.of("objects/2c/f2/" + HELLO_SHA256), files());
    }

    @Test
    void aRemoverDeletesWhatItTookAndNotWhatWasPutAfterwards() throws IOException {
        FileStore store = openEmptyStore();
        store.put(new ByteArrayInputStream(HELLO), 5);
        Path trash = new Layout(root()).newTrash(HELLO_SHA256);
        Files.move(object(), trash);
        store.put(new ByteArrayInputStream(HELLO), 5);
        FilesystemStore.judge(trash, object(), Instant.now().plus(Duration.ofHours(1)));
        assertEquals(List.of("objects/2c/f2/" + HELLO_SHA256), files());
    }

    @Test
    void whatACrashedRemoverTookIsGivenBackAtTheNextStart() throws IOException {
        putHello();
        Files.move(object(), new Layout(root()).newTrash(HELLO_SHA256));
        openEmptyStore();
        assertEquals(List.of("objects/2c/f2/" + HELLO_SHA256), files());
    }

    @Test
    void whatACrashedRemoverTookAndSomebodyPutAgainIsOneFileAfterTheNextStart() throws IOException {
        putHello();
        Files.copy(object(), new Layout(root()).newTrash(HELLO_SHA256));
        openEmptyStore();
        assertEquals(List.of("objects/2c/f2/" + HELLO_SHA256), files());
    }

    @Test
    void theStartDeletesWhatWritersLeftADayAgoAndSparesWhatIsBeingWritten() throws IOException {
        openEmptyStore();
        Path abandoned = Files.createFile(root().resolve("incoming/abandoned"));
        Path arriving = Files.createFile(root().resolve("incoming/arriving"));
        age(abandoned);
        openEmptyStore();
        assertFalse(Files.exists(abandoned));
        assertTrue(Files.exists(arriving));
    }

    @Test
    void aFolderThatCannotBeUsedIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        IOException refused =
                assertThrows(IOException.class, () -> new FilesystemStore(file.resolve("store")));
        assertTrue(
                refused.toString().contains("cannot use the storage folder " + file),
                refused::toString);
    }

    private Path root() {
        return folder.resolve("new/store");
    }

    private Path object() {
        return new Layout(root()).object(HELLO_SHA256);
    }

    private void putHello() throws IOException {
        openEmptyStore().put(new ByteArrayInputStream(HELLO), 5);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(root())) {
            return all.filter(Files::isRegularFile)
                    .map(file -> root().relativize(file).toString())
                    .toList();
        }
    }

    private static void age(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
