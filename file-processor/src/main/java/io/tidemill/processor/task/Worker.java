package io.tidemill.processor.task;

import io.tidemill.contract.TaskEvent;
import java.time.Duration;
import java.util.List;

/**
 * Who this processor is and how it keeps time.
 *
 * @param id unique for each process start
 * @param offer its task queue, slots and operations, as announced
 * @param heartbeat between two heartbeats
 * @param announce between two announcements
 * @param drain how long running work may finish after the order to end
 */
public record Worker(
        String id,
        TaskEvent.Announced offer,
        Duration heartbeat,
        Duration announce,
        Duration drain) {

    /** What it announces once it takes nothing more. */
    TaskEvent.Announced nothing() {
        return new TaskEvent.Announced(
                offer.taskQueue(), offer.slots(), offer.isolation(), List.of());
    }
}
