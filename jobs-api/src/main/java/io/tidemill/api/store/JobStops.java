package io.tidemill.api.store;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.lifecycle.StopReason;
import io.tidemill.api.lifecycle.TaskSignal;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * Cancels all open tasks of a job, within a transaction that has locked the job: piece by piece, so
 * that memory does not grow with the job, and all or nothing.
 */
@ApplicationScoped
class JobStops {
    private static final String MARK =
            EventSql.logged(
                    "update job j set stop_reason = $2, sequence = sequence + 1"
                            + " where id = $1 and stop_reason is null and end_time is null");

    private final BatchRun run;
    private final TaskPieces pieces;

    JobStops(BatchRun run, TaskPieces pieces) {
        this.run = run;
        this.pieces = pieces;
    }

    Uni<Applied> stopAll(SqlConnection connection, List<UUID> jobs, StopReason reason) {
        return Multi.createFrom()
                .iterable(jobs)
                .onItem()
                .transformToUniAndConcatenate(job -> stop(connection, job, reason))
                .collect()
                .in(Accumulated::new, Accumulated::add)
                .map(Accumulated::sum);
    }

    Uni<Applied> stop(SqlConnection connection, UUID job, StopReason reason) {
        return connection
                .preparedQuery(MARK)
                .execute(Tuple.of(job, reason.name()))
                .chain(
                        marked ->
                                cancel(connection, job, reason)
                                        .map(
                                                applied ->
                                                        marked.size() == 0
                                                                ? applied
                                                                : applied.andChanged(job)));
    }

    private Uni<Applied> cancel(SqlConnection connection, UUID job, StopReason reason) {
        return pieces.each(
                connection,
                job,
                TaskPieces.CANCELLABLE,
                TaskSelector.ALL,
                ids -> cancel(connection, ids, reason, false));
    }

    /** Cancels some tasks; those that wait for them are skipped. */
    Uni<Applied> cancel(SqlConnection connection, UUID job, TaskSelector selector) {
        return pieces.each(
                connection,
                job,
                TaskPieces.CANCELLABLE,
                selector,
                ids -> cancel(connection, ids, StopReason.CANCELLED, true));
    }

    private Uni<Applied> cancel(
            SqlConnection connection, List<UUID> tasks, StopReason reason, boolean follow) {
        TaskReport.Details why = TaskReport.Details.of(reason.failure());
        List<TaskReport> reports =
                tasks.stream()
                        .map(id -> new TaskReport(id, new TaskSignal.Cancel(), null, why))
                        .toList();
        return run.run(connection, reports, follow).map(BatchRun.Outcome::applied);
    }

    /** Adds up. */
    static final class Accumulated {
        private Applied sum = Applied.NOTHING;

        void add(Applied more) {
            sum = sum.and(more);
        }

        Applied sum() {
            return sum;
        }
    }
}
