package io.tidemill.faults.system;

import io.tidemill.local.process.LaunchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A tmpfs of few megabytes. */
public final class SmallDisk implements AutoCloseable {
    private static final String SIZE = "size=8m";

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /**
     * @throws LaunchException if the system does not allow it
     */
    public static SmallDisk mountedOn(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new LaunchException("cannot make " + folder, e);
        }
        run(List.of("mount", "-t", "tmpfs", "-o", SIZE, "tmpfs", folder.toString()));
        return new SmallDisk(folder);
    }

    private static void run(List<String> command) {
        try {
            int code = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (code != 0) {
                throw new LaunchException(String.join(" ", command) + " ended with " + code);
            }
        } catch (IOException e) {
            throw new LaunchException("cannot run " + command.getFirst(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException("interrupted", e);
        }
    }

    @Override
    public void close() {
        run(List.of("umount", "-l", folder.toString()));
    }
}
