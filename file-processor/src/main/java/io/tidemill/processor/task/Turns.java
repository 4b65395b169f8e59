package io.tidemill.processor.task;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;

/**
 * Lets bundles be worked off side by side, and an exclusive one alone. First come, first served:
 * neither can keep the other out for ever.
 */
final class Turns {
    private static final long LOOK_AGAIN_MILLIS = 200;

    private final Queue<Object> line = new ArrayDeque<>();
    private int working;
    private boolean alone;

    /**
     * Waits for a turn; whoever gets it must {@link #leave}.
     *
     * @param wanted asked again and again while it waits
     * @return false when it was no longer wanted
     */
    synchronized boolean enter(boolean exclusive, BooleanSupplier wanted)
            throws InterruptedException {
        Object place = new Object();
        line.add(place);
        try {
            while (wanted.getAsBoolean()) {
                if (place.equals(line.peek()) && hasRoomFor(exclusive)) {
                    working++;
                    alone = exclusive;
                    return true;
                }
                wait(LOOK_AGAIN_MILLIS);
            }
            return false;
        } finally {
            line.remove(place);
            notifyAll();
        }
    }

    synchronized void leave() {
        working--;
        alone = false;
        notifyAll();
    }

    private boolean hasRoomFor(boolean exclusive) {
        return working == 0 || (!exclusive && !alone);
    }
}
