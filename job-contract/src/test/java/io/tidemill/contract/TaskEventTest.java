package io.tidemill.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskEventTest {
    @Test
    void aDurationBelowZeroCountsAsAbsent() {
        assertNull(duration(-1L));
        assertNull(duration(null));
        assertEquals(0, duration(0L));
    }

    private static @Nullable Long duration(@Nullable Long told) {
        return new TaskEvent.Succeeded("task", 1, "execution", Map.of(), List.of(), told)
                .durationMillis();
    }
}
