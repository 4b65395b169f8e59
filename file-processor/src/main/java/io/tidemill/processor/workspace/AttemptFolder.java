package io.tidemill.processor.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * One attempt's own folder; closing it removes it with all that is in it. A folder that nobody but
 * the input has been in is used again, for making and removing folders is most of what an attempt
 * that does little costs.
 */
public final class AttemptFolder implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(AttemptFolder.class);

    private final Path path;
    private final Predicate<Path> reuse;
    private volatile boolean told;

    /**
     * @param reuse takes the empty folder back, if it has a use for it
     */
    AttemptFolder(Path path, Predicate<Path> reuse) {
        this.path = path;
        this.reuse = reuse;
    }

    /** Whoever asks may leave something behind there, even a process. */
    public Path path() {
        told = true;
        return path;
    }

    /** Where the input lies: a neutral name, for a user's name never becomes a path. */
    public Path input() {
        return path.resolve("in");
    }

    /**
     * Makes sure that a file made by an engine is a plain file in this folder.
     *
     * @throws IllegalStateException when it is not
     */
    public Path own(Path file) throws IOException {
        boolean plain = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
        if (!plain || !file.toRealPath().startsWith(path.toRealPath())) {
            throw new IllegalStateException("not a plain file of this attempt: " + file);
        }
        return file;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(input());
            if (told || !reuse.test(path)) {
                Trees.remove(path);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warnf("An attempt's folder stays behind until the next start: %s", e);
        }
    }
}
