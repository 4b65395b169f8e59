package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the tasks of a locked job piece by piece, in the order of its files, so that memory
 * does not grow with the job.
 */
@ApplicationScoped
class TaskPieces {
    /** Open, and not told to stop yet. */
    static final String CANCELLABLE = "t.end_time is null and not t.stopping";

    /** On the way to a processor, or waiting at one. */
    static final String WITHDRAWABLE = "t.state = 'DISPATCHED'";

    /** Ended without success, and with something to work on. */
    static final String RETRYABLE =
            "t.state in ('FAILED', 'CANCELLED') and (t.input_sha256 is not null or t.parent is not null)";

    private static final int PIECE = 1_000;
    private static final UUID START = new UUID(0, 0);

    private static final String SELECTED =
            """
            select t.id from task t
            where t.id > $2 and ($3::uuid[] is null or t.id = any($3))
              and ($4::text[] is null or t.file_ref = any($4)) and ($6::text[] is null or t.error_code = any($6))
              and ($5::text[] is null or t.step = any(array(select s.ordinal from job_step s where s.job_id = $1 and s.id = any($5))))
              and """
                    + TaskRange.ofJob("$1")
                    + " and ";

    private static final String PIECE_OF = " order by t.id limit " + PIECE;

    /**
     * Applies an action to one piece after the other.
     *
     * @param condition one of the constants here
     */
    Uni<Applied> each(
            SqlConnection connection,
            UUID job,
            String condition,
            TaskSelector selector,
            Function<List<UUID>, Uni<Applied>> action) {
        return from(connection, job, START, condition, selector, action, Applied.NOTHING);
    }

    private Uni<Applied> from(
            SqlConnection connection,
            UUID job,
            UUID after,
            String condition,
            TaskSelector selector,
            Function<List<UUID>, Uni<Applied>> action,
            Applied sum) {
        return ids(connection, job, after, condition, selector)
                .chain(
                        ids ->
                                ids.isEmpty()
                                        ? Uni.createFrom().item(sum)
                                        : action.apply(ids)
                                                .chain(
                                                        applied ->
                                                                from(
                                                                        connection,
                                                                        job,
                                                                        ids.getLast(),
                                                                        condition,
                                                                        selector,
                                                                        action,
                                                                        sum.and(applied))));
    }

    private static Uni<List<UUID>> ids(
            SqlConnection connection,
            UUID job,
            UUID after,
            String condition,
            TaskSelector selector) {
        Tuple values =
                Tuple.tuple()
                        .addUUID(job)
                        .addUUID(after)
                        .addArrayOfUUID(
                                selector.tasks() == null
                                        ? null
                                        : selector.tasks().toArray(UUID[]::new))
                        .addArrayOfString(texts(selector.files()))
                        .addArrayOfString(texts(selector.steps()))
                        .addArrayOfString(texts(selector.errorCodes()));
        return connection
                .preparedQuery(SELECTED + condition + PIECE_OF)
                .execute(values)
                .map(
                        rows -> {
                            List<UUID> ids = new ArrayList<>(rows.size());
                            rows.forEach(row -> ids.add(row.getUUID("id")));
                            return ids;
                        });
    }

    private static String @Nullable [] texts(@Nullable List<String> list) {
        return list == null ? null : list.toArray(String[]::new);
    }
}
