package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.lifecycle.TaskSignal;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Pauses and resumes, within a transaction that has locked the job. Every open task knows itself
 * whether it is held, so that the dispatcher need not look at jobs.
 */
@ApplicationScoped
class JobHolds {
    // The time it stands still is no part of its pace, which is taken anew.
    private static final String MARK_JOB =
            EventSql.logged(
                    "update job j set paused = $2, pace_time = null, sequence = sequence + 1"
                            + " where id = $1 and paused <> $2");

    private static final String HOLD_ALL =
            "update task t set held = true where end_time is null and not held and "
                    + TaskRange.ofJob("$1");

    private static final String LET_GO_ALL =
            "update task t set held = $2 or paused where end_time is null and held and "
                    + TaskRange.ofJob("$1");

    private static final String PAUSE_SOME =
            "update task set paused = true, held = true where id = any($1) and end_time is null";

    private static final String RESUME_SOME =
            "update task set paused = false, held = $2 where id = any($1) and end_time is null and paused";

    private final BatchRun run;
    private final TaskPieces pieces;

    JobHolds(BatchRun run, TaskPieces pieces) {
        this.run = run;
        this.pieces = pieces;
    }

    Uni<Applied> pause(SqlConnection connection, WishStore.LockedJob job, TaskSelector selector) {
        Uni<Applied> held =
                selector.isAll() ? holdAll(connection, job) : holdSome(connection, job, selector);
        return held.chain(applied -> withdraw(connection, job.id(), selector).map(applied::and));
    }

    private static Uni<Applied> holdAll(SqlConnection connection, WishStore.LockedJob job) {
        return connection
                .preparedQuery(MARK_JOB)
                .execute(Tuple.of(job.id(), true))
                .chain(() -> connection.preparedQuery(HOLD_ALL).execute(Tuple.of(job.id())))
                .replaceWith(changed(job.id(), false));
    }

    private Uni<Applied> holdSome(
            SqlConnection connection, WishStore.LockedJob job, TaskSelector selector) {
        return pieces.each(
                connection,
                job.id(),
                "t.end_time is null",
                selector,
                ids ->
                        connection
                                .preparedQuery(PAUSE_SOME)
                                .execute(Tuple.of((Object) ids.toArray(UUID[]::new)))
                                .replaceWith(changed(job.id(), false)));
    }

    private Uni<Applied> withdraw(SqlConnection connection, UUID job, TaskSelector selector) {
        return pieces.each(
                connection,
                job,
                TaskPieces.WITHDRAWABLE,
                selector,
                ids ->
                        run.run(connection, ids.stream().map(JobHolds::withdrawn).toList(), true)
                                .map(BatchRun.Outcome::applied));
    }

    private static TaskReport withdrawn(UUID task) {
        return new TaskReport(task, new TaskSignal.Withdraw());
    }

    Uni<Applied> resume(SqlConnection connection, WishStore.LockedJob job, TaskSelector selector) {
        return selector.isAll()
                ? connection
                        .preparedQuery(MARK_JOB)
                        .execute(Tuple.of(job.id(), false))
                        .chain(() -> letGo(connection, job.id(), job.scheduled()))
                : pieces.each(
                        connection,
                        job.id(),
                        "t.end_time is null",
                        selector,
                        ids -> resumeSome(connection, job, ids));
    }

    private static Uni<Applied> resumeSome(
            SqlConnection connection, WishStore.LockedJob job, List<UUID> tasks) {
        return connection
                .preparedQuery(RESUME_SOME)
                .execute(Tuple.of(tasks.toArray(UUID[]::new), job.hold()))
                .replaceWith(changed(job.id(), true));
    }

    /**
     * Lets the tasks of a job be dispatched, but for those that are paused themselves.
     *
     * @param still whether the job has yet another reason to wait
     */
    Uni<Applied> letGo(SqlConnection connection, UUID job, boolean still) {
        return connection
                .preparedQuery(LET_GO_ALL)
                .execute(Tuple.of(job, still))
                .replaceWith(changed(job, true));
    }

    private static Applied changed(UUID job, boolean dispatchable) {
        return new Applied(Set.of(job), Set.of(), Set.of(), Set.of(), dispatchable);
    }
}
