package io.tidemill.processor.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.processor.tool.Eventually;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private final Turns turns = new Turns();

    @Test
    void ordinaryBundlesAreWorkedOffSideBySide() throws Exception {
        assertTrue(turns.enter(false, () -> true));
        assertTrue(turns.enter(false, () -> true));
    }

    @Test
    void anExclusiveOneWaitsForTheOthersAndKeepsLaterOnesOut() throws Exception {
        turns.enter(false, () -> true);
        CompletableFuture<Boolean> alone = enter(true);
        CompletableFuture<Boolean> later = enter(false);
        assertFalse(alone.isDone());
        assertFalse(later.isDone());
        turns.leave();
        assertTrue(alone.get(20, TimeUnit.SECONDS));
        assertFalse(later.isDone());
        turns.leave();
        assertTrue(later.get(20, TimeUnit.SECONDS));
    }

    @Test
    void twoExclusiveOnesFollowEachOther() throws Exception {
        CompletableFuture<Boolean> first = enter(true);
        CompletableFuture<Boolean> second = enter(true);
        assertTrue(first.get(20, TimeUnit.SECONDS));
        assertFalse(second.isDone());
        turns.leave();
        assertTrue(second.get(20, TimeUnit.SECONDS));
    }

    @Test
    void whoNoLongerWantsItLetsTheNextOnePass() throws Exception {
        turns.enter(false, () -> true);
        AtomicBoolean wanted = new AtomicBoolean(true);
        CompletableFuture<Boolean> stopped = new CompletableFuture<>();
        await(start(true, wanted, stopped));
        CompletableFuture<Boolean> next = enter(false);
        wanted.set(false);
        assertFalse(stopped.get(20, TimeUnit.SECONDS));
        assertTrue(next.get(20, TimeUnit.SECONDS));
    }

    @Test
    void underARushAnExclusiveOneIsAlwaysAlone() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger breaches = new AtomicInteger();
        Thread[] all = new Thread[200];
        for (int i = 0; i < all.length; i++) {
            boolean exclusive = i % 5 == 0;
            all[i] = Thread.ofVirtual().start(() -> pass(exclusive, inside, breaches));
        }
        for (Thread thread : all) {
            assertTrue(thread.join(PATIENCE), "all get their turn");
        }
        assertEquals(0, breaches.get());
    }

    private void pass(boolean exclusive, AtomicInteger inside, AtomicInteger breaches) {
        try {
            turns.enter(exclusive, () -> true);
            int before = inside.getAndIncrement();
            if (exclusive) {
                Thread.yield();
                breaches.addAndGet(before == 0 && inside.get() == 1 ? 0 : 1);
            }
            inside.decrementAndGet();
            turns.leave();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns when it is in or waits in line. */
    private CompletableFuture<Boolean> enter(boolean exclusive) {
        CompletableFuture<Boolean> entered = new CompletableFuture<>();
        Thread thread = start(exclusive, new AtomicBoolean(true), entered);
        Eventually.holds(
                "in or in line",
                PATIENCE,
                () -> entered.isDone() || thread.getState() == Thread.State.TIMED_WAITING);
        return entered;
    }

    private static void await(Thread thread) {
        Eventually.holds(
                "in line", PATIENCE, () -> thread.getState() == Thread.State.TIMED_WAITING);
    }

    private Thread start(
            boolean exclusive, AtomicBoolean wanted, CompletableFuture<Boolean> entered) {
        return Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                entered.complete(turns.enter(exclusive, wanted::get));
                            } catch (InterruptedException e) {
                                entered.completeExceptionally(e);
                            }
                        });
    }
}
