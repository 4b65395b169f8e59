package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.lifecycle.JobState;
import io.tidemill.api.lifecycle.JobWish;
import io.tidemill.api.lifecycle.StopReason;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * What is wanted of jobs: each wish is one transaction that locks the job first. Wishing the same
 * again changes nothing.
 */
@ApplicationScoped
public class WishStore {
    private static final String COLUMNS =
            "select id, state, delete_time, paused, scheduled from job ";
    private static final String LOCK_OWNED = COLUMNS + "where id = $1 and owner = $2 for update";

    // Timers look without a lock; whoever gets the lock looks again.
    private static final String LOCK_EXPIRED =
            COLUMNS
                    + "where id = $1 and end_time is null and stop_reason is null and deadline <= clock_timestamp() for update";
    private static final String LOCK_OVER_LIMIT =
            COLUMNS
                    + "where id = $1 and end_time is null and stop_reason is null and failed > max_failed for update";
    private static final String LOCK_DUE =
            COLUMNS
                    + "where id = $1 and scheduled and schedule_time <= clock_timestamp() for update";

    private static final String BEGIN =
            EventSql.logged(
                    "update job j set scheduled = false, sequence = sequence + 1 where id = $1");

    private final Database database;
    private final JobStops stops;
    private final JobHolds holds;
    private final JobRetries retries;

    public WishStore(Database database, JobStops stops, JobHolds holds, JobRetries retries) {
        this.database = database;
        this.stops = stops;
        this.holds = holds;
        this.retries = retries;
    }

    /** What came of a wish. */
    public sealed interface Outcome {
        /** It is so now; {@code applied} is what changed, perhaps nothing. */
        record Done(Applied applied) implements Outcome {}

        record Unknown() implements Outcome {}

        record Deleted() implements Outcome {}

        /** The state does not allow it. */
        record NotAllowed(JobState state) implements Outcome {}
    }

    /** A job whose row is locked. */
    record LockedJob(UUID id, JobState state, boolean paused, boolean scheduled) {
        static LockedJob of(Row row) {
            return new LockedJob(
                    row.getUUID("id"),
                    JobState.valueOf(row.getString("state")),
                    row.getBoolean("paused"),
                    row.getBoolean("scheduled"));
        }

        boolean hold() {
            return paused || scheduled;
        }
    }

    /**
     * Wishes something of a job, or of some of its tasks.
     *
     * @param wish all but {@link JobWish#DELETE}
     */
    public Uni<Outcome> wish(String owner, UUID id, JobWish wish, TaskSelector selector) {
        return database.inTransaction(
                connection ->
                        connection
                                .preparedQuery(LOCK_OWNED)
                                .execute(Tuple.of(id, owner))
                                .chain(rows -> wish(connection, rows, wish, selector)));
    }

    private Uni<Outcome> wish(
            SqlConnection connection, RowSet<Row> rows, JobWish wish, TaskSelector selector) {
        if (rows.size() == 0) {
            return Uni.createFrom().item(new Outcome.Unknown());
        }
        Row row = rows.iterator().next();
        if (row.getOffsetDateTime("delete_time") != null) {
            return Uni.createFrom().item(new Outcome.Deleted());
        }
        LockedJob job = LockedJob.of(row);
        return job.state().allowed().contains(wish)
                ? fulfil(connection, job, wish, selector).map(Outcome.Done::new)
                : Uni.createFrom().item(new Outcome.NotAllowed(job.state()));
    }

    private Uni<Applied> fulfil(
            SqlConnection connection, LockedJob job, JobWish wish, TaskSelector selector) {
        return switch (wish) {
            case CANCEL ->
                    selector.isAll()
                            ? stops.stop(connection, job.id(), StopReason.CANCELLED)
                            : stops.cancel(connection, job.id(), selector);
            case PAUSE -> holds.pause(connection, job, selector);
            case RESUME -> holds.resume(connection, job, selector);
            case RETRY -> retries.retry(connection, job, selector);
            case DELETE -> throw new IllegalArgumentException("JobStore deletes");
        };
    }

    /** Stops a job that is not done by its deadline. */
    public Uni<Applied> expire(UUID job) {
        return stopIf(LOCK_EXPIRED, job, StopReason.DEADLINE_EXCEEDED);
    }

    /** Stops a job of which more tasks have failed than it allows. */
    public Uni<Applied> giveUp(UUID job) {
        return stopIf(LOCK_OVER_LIMIT, job, StopReason.FAILURE_LIMIT_REACHED);
    }

    private Uni<Applied> stopIf(String lock, UUID job, StopReason reason) {
        return database.inTransaction(
                connection ->
                        connection
                                .preparedQuery(lock)
                                .execute(Tuple.of(job))
                                .chain(
                                        rows ->
                                                rows.size() == 0
                                                        ? Uni.createFrom().item(Applied.NOTHING)
                                                        : stops.stop(connection, job, reason)));
    }

    /** Lets a job begin whose time has come. */
    public Uni<Applied> begin(UUID id) {
        return database.inTransaction(
                connection ->
                        connection
                                .preparedQuery(LOCK_DUE)
                                .execute(Tuple.of(id))
                                .chain(
                                        rows ->
                                                rows.size() == 0
                                                        ? Uni.createFrom().item(Applied.NOTHING)
                                                        : begin(
                                                                connection,
                                                                LockedJob.of(
                                                                        rows.iterator().next()))));
    }

    private Uni<Applied> begin(SqlConnection connection, LockedJob job) {
        return connection
                .preparedQuery(BEGIN)
                .execute(Tuple.of(job.id()))
                .chain(() -> holds.letGo(connection, job.id(), job.paused()));
    }
}
