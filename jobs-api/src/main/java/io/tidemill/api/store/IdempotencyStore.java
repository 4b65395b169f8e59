package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.problem.Problems;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers first answers. Works on the caller's connection, so that key and effect stand or fall
 * together.
 */
@ApplicationScoped
public class IdempotencyStore {
    // A transaction-scoped advisory lock: held by whoever is answering the key first, gone with its
    // commit or its death. A statement of its own, so that the next one sees what the holder before
    // has committed.
    private static final String LOCK =
            "select pg_try_advisory_xact_lock(hashtextextended($1::text || '/' || $2::text, 7)) as held";

    private static final String FIND =
            "select request_hash, status, location, etag, body from idempotency_key where owner = $1 and key = $2";

    private static final String INSERT =
            """
            insert into idempotency_key (owner, key, request_hash, status, location, etag, body)
            values ($1, $2, $3, $4, $5, $6, $7)""";

    private static final String PRUNE =
            "delete from idempotency_key where create_time < now() - make_interval(secs => $1::int)";

    /**
     * The answer given before under that key; else that of the work, which is kept for the next
     * time. Without a claim the work is done, and nothing is kept.
     *
     * @throws io.tidemill.api.problem.ProblemException 409 when it is being answered right now, 422
     *     when it was used for something else
     */
    Uni<Answer> once(
            SqlClient connection, @Nullable IdempotencyClaim claim, Supplier<Uni<Answer>> work) {
        return earlier(connection, claim)
                .chain(
                        earlier ->
                                earlier.map(Uni.createFrom()::item)
                                        .orElseGet(() -> keep(connection, claim, work)));
    }

    private Uni<Answer> keep(
            SqlClient connection, @Nullable IdempotencyClaim claim, Supplier<Uni<Answer>> work) {
        return work.get().call(answer -> keep(connection, claim, answer));
    }

    /**
     * The answer given before, if there is one; else the key is held until the transaction ends.
     * Without a claim there is none.
     *
     * @throws io.tidemill.api.problem.ProblemException as {@link #once}
     */
    Uni<Optional<Answer>> earlier(SqlClient connection, @Nullable IdempotencyClaim claim) {
        if (claim == null) {
            return Uni.createFrom().item(Optional.empty());
        }
        Tuple key = Tuple.of(claim.owner(), claim.key());
        return Uni.combine()
                .all()
                .unis(
                        connection.preparedQuery(LOCK).execute(key),
                        connection.preparedQuery(FIND).execute(key))
                .with((lock, found) -> answered(lock, found, claim));
    }

    private static Optional<Answer> answered(
            RowSet<Row> lock, RowSet<Row> found, IdempotencyClaim claim) {
        if (!lock.iterator().next().getBoolean("held")) {
            throw Problems.keyInFlight();
        }
        return earlier(found, claim);
    }

    /** Keeps the answer to a key that is held. Without a claim it does nothing. */
    Uni<Void> keep(SqlClient connection, @Nullable IdempotencyClaim claim, Answer answer) {
        if (claim == null) {
            return Uni.createFrom().voidItem();
        }
        Tuple row =
                Tuple.tuple()
                        .addString(claim.owner())
                        .addString(claim.key())
                        .addString(claim.requestHash())
                        .addInteger(answer.status())
                        .addString(answer.location())
                        .addString(answer.etag())
                        .addString(answer.body());
        return connection.preparedQuery(INSERT).execute(row).replaceWithVoid();
    }

    /** Forgets keys older than that. */
    public Uni<Integer> prune(SqlClient connection, Duration age) {
        return connection
                .preparedQuery(PRUNE)
                .execute(Tuple.of((int) age.toSeconds()))
                .map(RowSet::rowCount);
    }

    private static Optional<Answer> earlier(RowSet<Row> rows, IdempotencyClaim claim) {
        if (rows.size() == 0) {
            return Optional.empty();
        }
        Row row = rows.iterator().next();
        if (!row.getString("request_hash").equals(claim.requestHash())) {
            throw Problems.keyReused();
        }
        return Optional.of(
                new Answer(
                        row.getInteger("status"),
                        row.getString("location"),
                        row.getString("etag"),
                        row.getString("body")));
    }
}
