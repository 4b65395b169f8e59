package io.tidemill.api.job;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.change.JobChanges;
import io.tidemill.api.dispatch.Dispatcher;
import io.tidemill.api.overload.Backlog;
import io.tidemill.api.plan.NewJob;
import io.tidemill.api.plan.PlannedTask;
import io.tidemill.api.store.SubmitStore.Submitted;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The door of a submission: whether there is room for its tasks, and their dispatch once it is in.
 */
@ApplicationScoped
class Admission {
    private final Backlog backlog;
    private final Dispatcher dispatcher;
    private final JobChanges changes;
    private final SubmissionMeters meters;

    Admission(Backlog backlog, Dispatcher dispatcher, JobChanges changes, SubmissionMeters meters) {
        this.backlog = backlog;
        this.dispatcher = dispatcher;
        this.changes = changes;
        this.meters = meters;
    }

    /**
     * Writes a job if there is room for it. Without a key no earlier answer is looked for, so one
     * that will not fit is refused at once.
     *
     * @param write is given what to ask before it writes; it may ask and yet write nothing, as when
     *     the job was written under the same key meanwhile
     */
    Uni<Submitted> admit(
            NewJob job,
            boolean keyed,
            Function<Consumer<List<PlannedTask>>, Uni<Submitted>> write) {
        long begin = System.nanoTime();
        return Uni.createFrom()
                .deferred(() -> enter(job, keyed, write))
                .onTermination()
                .invoke(
                        (submitted, failure, _) ->
                                meters.over(job.priority(), begin, submitted, failure));
    }

    private Uni<Submitted> enter(
            NewJob job,
            boolean keyed,
            Function<Consumer<List<PlannedTask>>, Uni<Submitted>> write) {
        Backlog.Entry entry = backlog.entry(job.owner(), job.priority());
        if (!keyed) {
            entry.requireAnyRoom();
        }
        return write.apply(tasks -> entry.admit(open(tasks)))
                .onTermination()
                .invoke((submitted, _, _) -> entry.end(submitted != null && !submitted.replayed()))
                .invoke(() -> dispatch(job))
                .invoke(submitted -> changes.changed(List.of(submitted.jobId())));
    }

    /** A job that begins later is begun by a timer. */
    private void dispatch(NewJob job) {
        Instant begin = job.terms().scheduleTime();
        if (begin == null || !begin.isAfter(Instant.now())) {
            dispatcher.nudge();
        }
    }

    private static long open(List<PlannedTask> tasks) {
        return tasks.stream().filter(task -> !task.state().ended()).count();
    }
}
