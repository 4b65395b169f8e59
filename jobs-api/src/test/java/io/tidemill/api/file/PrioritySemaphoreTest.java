package io.tidemill.api.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.local.process.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PrioritySemaphoreTest {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);

    private final BlockingQueue<String> served = new LinkedBlockingQueue<>();

    @Test
    void thereAreAsManyAsWereSaid() throws InterruptedException {
        PrioritySemaphore permits = new PrioritySemaphore(2);
        permits.acquire(false);
        permits.acquire(true);
        wants(permits, "third", false);
        assertTrue(served.isEmpty());
        permits.release();
        assertEquals("third", next());
        permits.release();
        permits.release();
        permits.acquire(false);
        permits.acquire(false);
        wants(permits, "one more", false);
        assertTrue(served.isEmpty());
    }

    @Test
    void whoIsInFrontIsNext() throws InterruptedException {
        PrioritySemaphore permits = new PrioritySemaphore(1);
        permits.acquire(false);
        wants(permits, "other 1", false);
        wants(permits, "other 2", false);
        wants(permits, "front 1", true);
        wants(permits, "front 2", true);
        assertEquals(List.of("front 1", "front 2", "other 1", "other 2"), inOrder(permits, 4));
    }

    @Test
    void theOthersAreNotForgotten() throws InterruptedException {
        PrioritySemaphore permits = new PrioritySemaphore(1);
        permits.acquire(true);
        wants(permits, "other 1", false);
        wants(permits, "other 2", false);
        int front = 2 * PrioritySemaphore.MOST_IN_A_ROW;
        for (int i = 0; i < front; i++) {
            wants(permits, "front", true);
        }
        List<String> order = inOrder(permits, front + 2);
        assertEquals(PrioritySemaphore.MOST_IN_A_ROW, order.indexOf("other 1"));
        assertEquals(2 * PrioritySemaphore.MOST_IN_A_ROW + 1, order.indexOf("other 2"));
    }

    /** Keeps the permit once it has it, for the test to hand on. */
    private void wants(PrioritySemaphore permits, String name, boolean inFront) {
        int before = permits.waiting();
        Thread.ofVirtual()
                .start(
                        () -> {
                            permits.acquire(inFront);
                            served.add(name);
                        });
        assertTrue(Wait.until(LONG_ENOUGH, () -> permits.waiting() == before + 1));
    }

    private List<String> inOrder(PrioritySemaphore permits, int number)
            throws InterruptedException {
        List<String> order = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            permits.release();
            order.add(next());
        }
        return order;
    }

    private String next() throws InterruptedException {
        String name = served.poll(LONG_ENOUGH.toSeconds(), TimeUnit.SECONDS);
        return name == null ? "nobody" : name;
    }
}
