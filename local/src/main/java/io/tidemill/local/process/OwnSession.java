package io.tidemill.local.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Takes a program out of the terminal's reach: Ctrl-C goes to every process of a session at once,
 * but ours must end one after the other.
 */
final class OwnSession {
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private OwnSession() {}

    /** What to put before a command; it replaces itself, so the process id stays. */
    static List<String> prefix() {
        return Files.isExecutable(SETSID) ? List.of(SETSID.toString()) : List.of();
    }
}
