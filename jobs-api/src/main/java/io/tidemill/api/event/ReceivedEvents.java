package io.tidemill.api.event;

import io.opentelemetry.api.trace.Span;
import io.tidemill.contract.TaskEvent;
import io.tidemill.contract.TaskEvents;
import io.vertx.proton.ProtonDelivery;
import io.vertx.proton.ProtonReceiver;
import java.util.List;

/**
 * A message that is settled when what it says is committed.
 *
 * @param nanos when it came, by {@link System#nanoTime}
 */
record ReceivedEvents(
        ProtonReceiver from,
        ProtonDelivery delivery,
        TaskEvents events,
        List<Span> spans,
        long nanos) {

    boolean tellsOnlyOfTaking() {
        return events.events().stream().allMatch(TaskEvent.Taken.class::isInstance);
    }
}
