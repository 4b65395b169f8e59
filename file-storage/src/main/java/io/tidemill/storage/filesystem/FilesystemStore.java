package io.tidemill.storage.filesystem;

import io.tidemill.storage.ContentNotFoundException;
import io.tidemill.storage.FileStore;
import io.tidemill.storage.Intake;
import io.tidemill.storage.StoredContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps content in a folder of a POSIX filesystem, local or shared (NFS and the like) by processes
 * that run as the same user. Needs atomic renames and modification times, no locks.
 */
public final class FilesystemStore implements FileStore {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final Set<StandardOpenOption> NEW_FILE =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private final Layout layout;
    private final FanOut fanOut = new FanOut();

    /**
     * Opens the store, making its folders where they are missing, and tidies up what crashed
     * processes left behind.
     *
     * @throws IOException naming the folder when it cannot be used
     */
    public FilesystemStore(Path root) throws IOException {
        layout = new Layout(root.toAbsolutePath().normalize());
        try {
            Opening.prepare(layout);
            Leftovers.clear(layout);
        } catch (IOException e) {
            throw new IOException("cannot use the storage folder " + layout.root() + ": " + e, e);
        }
    }

    @Override
    public StoredContent put(InputStream bytes, String name, long maxBytes) throws IOException {
        Path incoming = layout.newIncoming();
        try (FileChannel out = FileChannel.open(incoming, NEW_FILE, OWNER_ONLY)) {
            StoredContent content =
                    Intake.copy(
                            bytes, new ForcedOften(out, () -> out.force(false)), name, maxBytes);
            publish(incoming, out, layout.object(content.sha256()));
            return content;
        } finally {
            Files.deleteIfExists(incoming);
        }
    }

    /**
     * Bytes that are there already only get a new stamp, which spares the disk; if a remover has
     * just taken them, or they are new, ours take their place. Forcing the folder in either case
     * also covers the writer who put them there and has not come to it yet.
     */
    private void publish(Path incoming, FileChannel written, Path object) throws IOException {
        fanOut.prepare(object);
        if (!Stamp.renewIfPresent(object)) {
            Stamp.renew(incoming);
            written.force(true);
            Files.move(incoming, object, StandardCopyOption.ATOMIC_MOVE);
        }
        Folders.force(Folders.of(object));
    }

    @Override
    public InputStream open(String sha256, long offset, long length) throws IOException {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException("no such range: " + offset + ", " + length);
        }
        FileChannel file = find(sha256);
        try {
            return new RangeStream(file.position(offset), length);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public boolean contains(String sha256) throws IOException {
        try (FileChannel _ = find(sha256)) {
            return true;
        } catch (ContentNotFoundException _) {
            return false;
        }
    }

    /**
     * Content under its name, else in the trash, where a remover may have it for a moment before it
     * gives it back, else under its name again, for it may have been given back in between.
     */
    private FileChannel find(String sha256) throws IOException {
        FileChannel found = openIfPresent(layout.object(sha256));
        if (found == null) {
            found = openFirst(layout.trashOf(sha256));
        }
        if (found == null) {
            found = openIfPresent(layout.object(sha256));
        }
        if (found == null) {
            throw new ContentNotFoundException(sha256);
        }
        return found;
    }

    private static @Nullable FileChannel openFirst(List<Path> files) throws IOException {
        for (Path file : files) {
            FileChannel found = openIfPresent(file);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable FileChannel openIfPresent(Path file) throws IOException {
        try {
            return FileChannel.open(file, StandardOpenOption.READ);
        } catch (NoSuchFileException _) {
            return null;
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>Looking at the stamp and deleting are two steps, and a put may come between them. So the
     * content is first renamed into the trash, where no put can reach it any more, and judged
     * there: a put that renewed the stamp before the rename is seen, and the content goes back; a
     * put that comes after it finds the name free and stores its own bytes there, which this
     * removal never touches. A put in between, which set the time of the file but no longer finds
     * it under its name, counts as one that came after ({@link Stamp#renewIfPresent}).
     */
    @Override
    public boolean removeUnlessPutSince(String sha256, Instant time) throws IOException {
        Path object = layout.object(sha256);
        Path trash = layout.newTrash(sha256);
        try {
            if (!Stamp.read(object).isBefore(time)) {
                return false;
            }
            Files.move(object, trash, StandardCopyOption.ATOMIC_MOVE);
            judge(trash, object, time);
        } catch (NoSuchFileException _) {
            // Another process removed it, or gave it back.
        }
        return !contains(sha256);
    }

    /** Deletes content in the trash, or gives it back when somebody put it since. */
    static void judge(Path trash, Path object, Instant time) throws IOException {
        if (Stamp.read(trash).isBefore(time)) {
            Files.delete(trash);
        } else {
            Leftovers.restore(trash, object);
        }
    }
}
