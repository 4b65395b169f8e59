package io.tidemill.api.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HintQueueTest {
    private final HintQueue queue = new HintQueue();

    private static List<UUID> jobs(int count) {
        return Stream.generate(UUID::randomUUID).limit(count).toList();
    }

    @Test
    void aJobThatWaitsIsToldOfOnce() {
        List<UUID> jobs = jobs(3);
        assertEquals(0, queue.add(jobs));
        assertEquals(0, queue.add(jobs));
        assertEquals(jobs.subList(0, 2), queue.take(2));
        assertEquals(jobs.subList(2, 3), queue.take(2));
        assertTrue(queue.isEmpty());
    }

    @Test
    void whatDoesNotFitInIsDropped() {
        List<UUID> jobs = jobs(HintQueue.MOST);
        assertEquals(0, queue.add(jobs));
        assertEquals(2, queue.add(jobs(2)));
        assertEquals(0, queue.add(jobs.subList(0, 5)));
        assertEquals(HintQueue.MOST, queue.clear());
        assertTrue(queue.isEmpty());
    }
}
