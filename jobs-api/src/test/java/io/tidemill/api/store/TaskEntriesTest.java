package io.tidemill.api.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tidemill.api.lifecycle.TaskState;
import io.tidemill.api.store.TaskEntries.Entry;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries of the log come out as they went in, and stay small. */
class TaskEntriesTest {
    private static final int BYTES = 19;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BLOCKED",
                "QUEUED",
                "RUNNING",
                "RETRYING",
                "SUCCEEDED",
                "FAILED",
                "CANCELLED",
                "SKIPPED"
            })
    void everyStateThatClientsKnowComesBack(String state) {
        List<Entry> entries = List.of(new Entry(UUID.randomUUID(), state, 3));
        assertEquals(entries, TaskEntries.unpack(TaskEntries.pack(entries)));
    }

    @Test
    void manyComeBackInTheirOrder() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            entries.add(new Entry(UUID.randomUUID(), i % 2 == 0 ? "FAILED" : "QUEUED", i));
        }
        Buffer packed = TaskEntries.pack(entries);
        assertEquals(entries.size() * BYTES, packed.length());
        assertEquals(entries, TaskEntries.unpack(packed));
    }

    @Test
    void noneIsNothing() {
        assertEquals(List.of(), TaskEntries.unpack(TaskEntries.pack(List.of())));
    }

    @Test
    void attemptsMayBeAsManyAsTheColumnHolds() {
        List<Entry> entries = List.of(new Entry(new UUID(-1, 1), "RUNNING", Short.MAX_VALUE));
        assertEquals(entries, TaskEntries.unpack(TaskEntries.pack(entries)));
    }

    @Test
    void whatIsOnItsWayToAProcessorIsQueuedForClients() {
        assertEquals("QUEUED", TaskEntries.visible(new TaskState.Dispatched(1)));
        assertEquals("QUEUED", TaskEntries.visible(new TaskState.Taken(1, "x")));
        assertEquals("RUNNING", TaskEntries.visible(new TaskState.Stopping(1, "x")));
    }

    @Test
    void aStateThatIsNotLoggedIsAMistake() {
        List<Entry> entries = List.of(new Entry(UUID.randomUUID(), "DISPATCHED", 1));
        assertThrows(IllegalArgumentException.class, () -> TaskEntries.pack(entries));
    }
}
