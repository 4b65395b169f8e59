package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Opens tasks of a job again, within a transaction that has locked the job. A job that had ended
 * gets the next generation; what once stopped it no longer counts, nor do failures that stay as
 * they are count against its policy again.
 */
@ApplicationScoped
class JobRetries {
    // Only an ended job can have been stopped: while it is being stopped nothing can be retried.
    // Not logged: what is opened next is.
    private static final String NEXT_GENERATION =
            """
            update job set generation = generation + 1, stop_reason = null, paused = false, scheduled = false, percent = 0, pace_time = null,
              deadline = case when deadline > clock_timestamp() then deadline end
            where id = $1""";

    private static final String PROGRESS_ANEW =
            "update job_step set percent = 0 where job_id = $1 and percent < 100";

    private static final String PROGRESS_OF_THE_REST =
            "update job_step s set percent = "
                    + PercentSql.OF_STEP
                    + " where job_id = $1 and percent = 0";

    private static final String FORGIVE_FAILURES =
            "update job set max_failed = failed where id = $1 and max_failed < failed";

    private final TaskPieces pieces;
    private final Reopener reopener;
    private final DeliveryWriter deliveries;

    JobRetries(TaskPieces pieces, Reopener reopener, DeliveryWriter deliveries) {
        this.pieces = pieces;
        this.reopener = reopener;
        this.deliveries = deliveries;
    }

    Uni<Applied> retry(SqlConnection connection, WishStore.LockedJob job, TaskSelector selector) {
        return job.state().ended()
                ? retryEnded(connection, job.id(), selector)
                : pieces.each(
                        connection,
                        job.id(),
                        TaskPieces.RETRYABLE,
                        selector,
                        ids -> reopener.reopen(connection, job.id(), ids, job.hold()));
    }

    private Uni<Applied> retryEnded(SqlConnection connection, UUID job, TaskSelector selector) {
        AtomicBoolean opened = new AtomicBoolean();
        return pieces.each(
                        connection,
                        job,
                        TaskPieces.RETRYABLE,
                        selector,
                        ids ->
                                (opened.getAndSet(true)
                                                ? Uni.createFrom().voidItem()
                                                : execute(connection, NEXT_GENERATION, job)
                                                        .chain(
                                                                () ->
                                                                        execute(
                                                                                connection,
                                                                                PROGRESS_ANEW,
                                                                                job)))
                                        .chain(() -> reopener.reopen(connection, job, ids, false)))
                .call(() -> opened.get() ? settle(connection, job) : Uni.createFrom().voidItem());
    }

    /** Where all that was opened is skipped again at once, the job has ended in it already. */
    private Uni<Void> settle(SqlConnection connection, UUID job) {
        return execute(connection, PROGRESS_OF_THE_REST, job)
                .chain(() -> execute(connection, FORGIVE_FAILURES, job))
                .chain(() -> deliveries.jobsEnded(connection, List.of(job)));
    }

    private static Uni<Void> execute(SqlConnection connection, String statement, UUID job) {
        return connection.preparedQuery(statement).execute(Tuple.of(job)).replaceWithVoid();
    }
}
