package io.tidemill.api.file;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;

/**
 * Permits for which some wait in front of all others; of each kind, who came first is first. After
 * {@value #MOST_IN_A_ROW} of those in front one of the others is next all the same, so that nobody
 * waits for ever.
 */
final class PrioritySemaphore {
    static final int MOST_IN_A_ROW = 8;

    private final Deque<Semaphore> front = new ArrayDeque<>();
    private final Deque<Semaphore> others = new ArrayDeque<>();
    private int permits;
    private int inARow;

    /**
     * @param permits how many there are, 1 or more
     */
    PrioritySemaphore(int permits) {
        this.permits = permits;
    }

    /** Waits for a permit; an interrupt does not end that. */
    void acquire(boolean inFront) {
        Semaphore turn = new Semaphore(0);
        synchronized (this) {
            if (permits > 0) {
                permits--;
                return;
            }
            (inFront ? front : others).add(turn);
        }
        turn.acquireUninterruptibly();
    }

    /** Hands a permit to whoever is next. */
    synchronized void release() {
        if (front.isEmpty() && others.isEmpty()) {
            permits++;
        } else {
            next().release();
        }
    }

    private Semaphore next() {
        boolean fromFront = others.isEmpty() || (!front.isEmpty() && inARow < MOST_IN_A_ROW);
        inARow = fromFront && !others.isEmpty() ? inARow + 1 : 0;
        return (fromFront ? front : others).remove();
    }

    /** How many wait. */
    synchronized int waiting() {
        return front.size() + others.size();
    }
}
