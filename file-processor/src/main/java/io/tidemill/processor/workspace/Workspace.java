package io.tidemill.processor.workspace;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * This process's corner of the workspace root, held by a lock file for as long as it lives. What a
 * dead process left there is recognised by its free lock and removed at start.
 */
public final class Workspace implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Workspace.class);
    private static final String LOCK = ".lock";

    /** Folders kept for use; as many as there may be slots. */
    private static final int MOST_EMPTY = 256;

    private final Path folder;
    private final Path lockFile;
    private final FileChannel lock;
    private final BlockingQueue<Path> empty = new ArrayBlockingQueue<>(MOST_EMPTY);

    private Workspace(Path folder, Path lockFile, FileChannel lock) {
        this.folder = folder;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /**
     * Opens the corner of one worker and clears those of dead ones.
     *
     * @param worker unique for each process start
     */
    public static Workspace open(Path root, String worker) throws IOException {
        Files.createDirectories(root);
        removeLeftOvers(root);
        Path lockFile = root.resolve(worker + LOCK);
        FileChannel lock =
                FileChannel.open(lockFile, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        lock.lock();
        Path folder = privateFolder(root.resolve(worker));
        return new Workspace(folder, lockFile, lock);
    }

    /** An empty folder that only this user can enter, and nobody but us has been in. */
    public AttemptFolder attempt(String execution) throws IOException {
        Path used = empty.poll();
        return new AttemptFolder(
                used == null ? privateFolder(folder.resolve(execution)) : used, empty::offer);
    }

    @Override
    public void close() throws IOException {
        Trees.remove(folder);
        Files.deleteIfExists(lockFile);
        lock.close();
    }

    private static Path privateFolder(Path path) throws IOException {
        return Files.createDirectory(
                path,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static void removeLeftOvers(Path root) throws IOException {
        List<Path> locks;
        try (Stream<Path> entries = Files.list(root)) {
            locks = entries.filter(path -> path.toString().endsWith(LOCK)).toList();
        }
        for (Path file : locks) {
            removeIfDead(file);
        }
    }

    private static void removeIfDead(Path lockFile) {
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            if (free != null) {
                String name = lockFile.toString();
                Trees.remove(Path.of(name.substring(0, name.length() - LOCK.length())));
                Files.deleteIfExists(lockFile);
                LOG.infof("Removed what a dead process left behind: %s", lockFile.getFileName());
            }
        } catch (OverlappingFileLockException _) {
            LOG.debugf("%s belongs to this process", lockFile.getFileName());
        } catch (IOException e) {
            LOG.warnf("Left-overs beside %s stay: %s", lockFile.getFileName(), e.getMessage());
        }
    }
}
