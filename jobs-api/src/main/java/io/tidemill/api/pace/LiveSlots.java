package io.tidemill.api.pace;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** How many slots the live processors have, as last looked at. Thread-safe. */
@ApplicationScoped
class LiveSlots {
    private volatile Map<String, Integer> byQueue = Map.of();

    int of(String taskQueue) {
        return byQueue.getOrDefault(taskQueue, 0);
    }

    void know(Map<String, Integer> slots) {
        byQueue = Map.copyOf(slots);
    }
}
