package io.tidemill.local.folder;

import io.tidemill.local.process.LaunchException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** One data folder, held by one launcher at a time, and what lies where in it. */
public final class DataFolder implements AutoCloseable {
    private final Path path;
    private final FileChannel lock;
    private final Credentials credentials;

    private DataFolder(Path path, FileChannel lock, Credentials credentials) {
        this.path = path;
        this.lock = lock;
        this.credentials = credentials;
    }

    /**
     * Opens the folder; makes it when missing.
     *
     * @throws LaunchException if it cannot be written, or another launcher holds it
     */
    public static DataFolder open(Path folder) {
        Path path = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path);
            FileChannel lock = lock(path);
            return new DataFolder(path, lock, Credentials.in(path.resolve("credentials")));
        } catch (IOException e) {
            throw new LaunchException(
                    "cannot write to the data folder %s (%s); choose another with --data"
                            .formatted(path, e.getClass().getSimpleName()),
                    e);
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new LaunchException(
                    "another tidemill already runs on %s; stop it or choose another folder with --data"
                            .formatted(path));
        }
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    public Path path() {
        return path;
    }

    public Credentials credentials() {
        return credentials;
    }

    public Path postgres() {
        return path.resolve("postgres");
    }

    public Path broker() {
        return path.resolve("broker");
    }

    /** The stored files. */
    public Path storage() {
        return path.resolve("storage");
    }

    /** Where a processor keeps what it works on; one folder each. */
    public Path workspace(String processor) {
        return path.resolve("workspace").resolve(processor);
    }

    public Path logs() {
        return path.resolve("logs");
    }

    /** Who runs right now. */
    public Path runFile() {
        return path.resolve("run.json");
    }

    /** Lets another launcher have the folder. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new LaunchException("cannot release the data folder " + path, e);
        }
    }
}
