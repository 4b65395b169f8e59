package io.tidemill.api.failpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A named step of the work. When the fault suite has put a file of that name into a folder, the
 * first process to come there takes the file away and dies at once, as by kill -9. Costs nothing
 * and does nothing unless {@link FailpointSwitch} has armed it.
 */
public final class Failpoint {
    /** What a shell reports of a process that was killed. */
    private static final int KILLED = 137;

    /** Static, so that a step costs one line and no collaborator; set once, at the start. */
    private static final AtomicReference<@Nullable Path> ARMED = new AtomicReference<>();

    private Failpoint() {}

    static void arm(Path folder) {
        ARMED.set(folder);
    }

    /** May not return. */
    public static void reached(String step) {
        Path folder = ARMED.get();
        if (folder != null && takeAway(folder.resolve(step))) {
            Runtime.getRuntime().halt(KILLED);
        }
    }

    /** May not return, if this is about something at all. */
    public static void reached(String step, Collection<?> about) {
        if (!about.isEmpty()) {
            reached(step);
        }
    }

    /** Of several processes only one is told that it was there. */
    private static boolean takeAway(Path order) {
        try {
            return Files.deleteIfExists(order);
        } catch (IOException e) {
            return false;
        }
    }
}
