package io.tidemill.api.event;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.change.JobChanges;
import io.tidemill.api.dispatch.Dispatcher;
import io.tidemill.api.store.Applied;
import io.tidemill.api.store.TaskReport;
import io.tidemill.api.store.TaskStore;
import io.tidemill.api.store.WorkerStore;
import io.tidemill.contract.TaskEvent;
import io.tidemill.contract.TaskEvents;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Applies a batch of messages and lets others know what came of it. Repeating a batch changes
 * nothing.
 */
@ApplicationScoped
public class EventApplication {
    private final TaskStore tasks;
    private final WorkerStore workers;
    private final Dispatcher dispatcher;
    private final JobChanges changes;
    private final OperatorNews news;

    EventApplication(
            TaskStore tasks,
            WorkerStore workers,
            Dispatcher dispatcher,
            JobChanges changes,
            OperatorNews news) {
        this.tasks = tasks;
        this.workers = workers;
        this.dispatcher = dispatcher;
        this.changes = changes;
        this.news = news;
    }

    /** Completes when all is committed. */
    Uni<Void> apply(List<TaskEvents> messages) {
        List<TaskReport> reports = messages.stream().flatMap(Reports::of).toList();
        return announced(messages).chain(() -> applyReports(reports));
    }

    /** What others than processors have to report; completes when all is committed. */
    public Uni<Void> applyReports(List<TaskReport> reports) {
        return tasks.apply(reports).invoke(this::tell).replaceWithVoid();
    }

    /** Lets others know what has changed. */
    public void tell(Applied applied) {
        changes.changed(applied.changedJobs());
        changes.ended(applied.endedJobs());
        dispatcher.stop(applied.stops());
        news.tell(applied);
        if (applied.dispatchable()) {
            dispatcher.nudge();
        }
    }

    private Uni<Void> announced(List<TaskEvents> messages) {
        return Multi.createFrom()
                .iterable(messages)
                .onItem()
                .transformToUniAndConcatenate(this::announced)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> announced(TaskEvents message) {
        return message.events().stream()
                .filter(TaskEvent.Announced.class::isInstance)
                .map(TaskEvent.Announced.class::cast)
                .reduce((_, latest) -> latest)
                .map(latest -> workers.announced(message.worker(), latest))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }
}
