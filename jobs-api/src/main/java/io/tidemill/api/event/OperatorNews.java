package io.tidemill.api.event;

import io.tidemill.api.store.Applied;
import jakarta.enterprise.context.ApplicationScoped;

/** Lets operators know what came of a batch: in metrics, and in the log what failed for good. */
@ApplicationScoped
class OperatorNews {
    private final TaskMeters meters;
    private final DeadLetterNews deadLetters;

    OperatorNews(TaskMeters meters, DeadLetterNews deadLetters) {
        this.meters = meters;
        this.deadLetters = deadLetters;
    }

    void tell(Applied applied) {
        meters.count(applied.news());
        deadLetters.tell(applied.deadLetters());
    }
}
