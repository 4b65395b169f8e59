package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * Opens tasks of a job again, within a transaction that has locked the job. A job that had ended
 * gets the next generation; what once stopped it no longer counts, nor do failures that stay as
 * they are count against its policy again.
 */
@ApplicationScoped
class JobRetries {
    // Only an ended job can have been stopped: while it is being stopped nothing can be retried.
    private static final String NEXT_GENERATION =
            """
            update job set generation = generation + 1, stop_reason = null, paused = false, scheduled = false,
              max_failed = greatest(max_failed, case when max_failed is not null then failed end),
              deadline = case when deadline > clock_timestamp() then deadline end
            where id = $1""";

    private final TaskPieces pieces;
    private final Reopener reopener;
    private final DeliveryWriter deliveries;

    JobRetries(TaskPieces pieces, Reopener reopener, DeliveryWriter deliveries) {
        this.pieces = pieces;
        this.reopener = reopener;
        this.deliveries = deliveries;
    }

    Uni<Applied> retry(SqlConnection connection, WishStore.LockedJob job, TaskSelector selector) {
        boolean ended = job.state().ended();
        return pieces.each(
                        connection,
                        job.id(),
                        TaskPieces.RETRYABLE,
                        selector,
                        ids -> reopener.reopen(connection, job.id(), ids, !ended && job.hold()))
                .call(
                        applied ->
                                ended && !applied.changedJobs().isEmpty()
                                        ? nextGeneration(connection, job.id())
                                        : Uni.createFrom().voidItem());
    }

    /** Where all that was opened is skipped again at once, the job has ended in it already. */
    private Uni<Void> nextGeneration(SqlConnection connection, UUID job) {
        return connection
                .preparedQuery(NEXT_GENERATION)
                .execute(Tuple.of(job))
                .chain(() -> deliveries.jobsEnded(connection, List.of(job)));
    }
}
