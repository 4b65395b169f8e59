package io.tidemill.api.dispatch;

import io.tidemill.api.policy.Choice;
import io.tidemill.api.policy.WaitingTask;
import io.tidemill.api.store.DispatchStore.Picked;
import io.tidemill.api.store.DispatchStore.Policy;
import io.tidemill.api.store.DispatchStore.Sent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One round of the dispatcher, for those who measure and trace it: looks on, decides nothing. */
final class DispatchRound {
    private final String taskQueue;
    private final DispatchMeters meters;
    private final DispatchSpans spans;
    private final long begin = System.nanoTime();
    private final Map<UUID, Long> due = new HashMap<>();

    DispatchRound(String taskQueue, DispatchMeters meters, DispatchSpans spans) {
        this.taskQueue = taskQueue;
        this.meters = meters;
        this.spans = spans;
    }

    /** The same policy; what it chooses is noted. */
    Policy noting(Policy policy) {
        return (ring, room, allowances, nowMillis) -> {
            Choice choice = policy.choose(ring, room, allowances, nowMillis);
            if (spans.wanted()) {
                meters.chosen(taskQueue, choice.bundles(), nowMillis);
                choice.bundles().forEach(this::note);
            }
            return choice;
        };
    }

    private void note(List<WaitingTask> bundle) {
        bundle.forEach(task -> due.put(task.id(), task.dueMillis()));
    }

    void picked(Picked picked) {
        meters.round(picked.tasks().size(), begin);
    }

    /** Where the trace of a task goes on: it has been sent. */
    @Nullable String traceparent(Sent task) {
        return spans.sent(taskQueue, task, due.get(task.id()));
    }
}
