package io.tidemill.local.postgres;

import io.tidemill.local.process.LaunchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * PostgreSQL refuses to run as root. A new user namespace gives its process a user id that is not
 * root's, while the files stay root's own.
 */
final class PrivilegeDrop {
    private PrivilegeDrop() {}

    /** What to put before the command; it replaces itself, so the process id stays. */
    static List<String> prefix() {
        if (!isRoot()) {
            return List.of();
        }
        if (!canUnshare()) {
            throw new LaunchException(
                    "PostgreSQL does not run as root and this system allows no user namespaces;"
                            + " start tidemill as another user");
        }
        return List.of("unshare", "-U");
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root") || ownsSelfAsRoot();
    }

    private static boolean ownsSelfAsRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean canUnshare() {
        try {
            return Exit.of(new ProcessBuilder("unshare", "-U", "true").start()) == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
