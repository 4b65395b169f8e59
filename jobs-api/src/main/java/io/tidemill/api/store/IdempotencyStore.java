package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.problem.Problems;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
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

    /** What {@link #answer} reads. */
    static final String COLUMNS = "request_hash, status, location, etag, body";

    private static final String FIND =
            "select " + COLUMNS + " from idempotency_key where owner = $1 and key = $2";

    private static final String INSERT = insert(1);

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String PRIMARY_KEY = "idempotency_key_pkey";

    private static final String PRUNE =
            "delete from idempotency_key where create_time < now() - make_interval(secs => $1::int)";

    /**
     * The answer given before under that key; else that of the work, which is kept for the next
     * time. Without a claim the work is done, and nothing is kept.
     *
     * @throws io.tidemill.api.problem.ProblemException 409 when it is being answered right now or
     *     was since the work began, 422 when it was used for something else
     */
    Uni<Answer> once(
            SqlClient connection, @Nullable IdempotencyClaim claim, Supplier<Uni<Answer>> work) {
        return earlier(connection, claim)
                .chain(
                        earlier ->
                                earlier.map(Uni.createFrom()::item)
                                        .orElseGet(
                                                () ->
                                                        work.get()
                                                                .call(
                                                                        answer ->
                                                                                keep(
                                                                                        connection,
                                                                                        claim,
                                                                                        answer))));
    }

    /**
     * The answer given before, if there is one; else the key is held until the transaction ends.
     * Without a claim there is none.
     *
     * @throws io.tidemill.api.problem.ProblemException as {@link #once}
     */
    private static Uni<Optional<Answer>> earlier(
            SqlClient connection, @Nullable IdempotencyClaim claim) {
        if (claim == null) {
            return Uni.createFrom().item(Optional.empty());
        }
        return Uni.combine()
                .all()
                .unis(
                        hold(connection, claim),
                        connection
                                .preparedQuery(FIND)
                                .execute(Tuple.of(claim.owner(), claim.key())))
                .with((_, found) -> earlier(found, claim));
    }

    /**
     * Holds the key until the transaction ends. Without a claim it does nothing.
     *
     * @throws io.tidemill.api.problem.ProblemException 409 when somebody holds it
     */
    static Uni<Void> hold(SqlClient connection, @Nullable IdempotencyClaim claim) {
        return claim == null
                ? Uni.createFrom().voidItem()
                : connection
                        .preparedQuery(LOCK)
                        .execute(Tuple.of(claim.owner(), claim.key()))
                        .invoke(IdempotencyStore::requireHeld)
                        .replaceWithVoid();
    }

    private static void requireHeld(RowSet<Row> lock) {
        if (!lock.iterator().next().getBoolean("held")) {
            throw Problems.keyInFlight();
        }
    }

    private static Uni<Void> keep(
            SqlClient connection, @Nullable IdempotencyClaim claim, Answer answer) {
        return claim == null
                ? Uni.createFrom().voidItem()
                : connection
                        .preparedQuery(INSERT)
                        .execute(add(Tuple.tuple(), claim, answer))
                        .onFailure(IdempotencyStore::isTaken)
                        .transform(_ -> Problems.keyInFlight())
                        .replaceWithVoid();
    }

    /**
     * Keeps an answer; does nothing where the key is null. A key that has an answer makes it fail,
     * after waiting for who is about to give one: see {@link #isTaken}.
     *
     * @param first the number of its first parameter; there are seven
     */
    static String insert(int first) {
        return """
               insert into idempotency_key (owner, key, request_hash, status, location, etag, body)
               select $%d, $%d, $%d, $%d::int, $%d, $%d, $%d where $%2$d::text is not null"""
                .formatted(IntStream.range(first, first + 7).boxed().toArray());
    }

    /** Adds the parameters of {@link #insert}. */
    static Tuple add(Tuple row, @Nullable IdempotencyClaim claim, Answer answer) {
        return row.addString(claim == null ? null : claim.owner())
                .addString(claim == null ? null : claim.key())
                .addString(claim == null ? null : claim.requestHash())
                .addInteger(answer.status())
                .addString(answer.location())
                .addString(answer.etag())
                .addString(answer.body());
    }

    /** Whether that is why it could not be kept. */
    static boolean isTaken(Throwable failure) {
        return failure instanceof PgException e
                && UNIQUE_VIOLATION.equals(e.getSqlState())
                && PRIMARY_KEY.equals(e.getConstraint());
    }

    /** Forgets keys older than that. */
    public Uni<Integer> prune(SqlClient connection, Duration age) {
        return connection
                .preparedQuery(PRUNE)
                .execute(Tuple.of((int) age.toSeconds()))
                .map(RowSet::rowCount);
    }

    private static Optional<Answer> earlier(RowSet<Row> rows, IdempotencyClaim claim) {
        return rows.size() == 0 ? Optional.empty() : answer(rows.iterator().next(), claim);
    }

    /**
     * The answer a row holds, if it holds one.
     *
     * @throws io.tidemill.api.problem.ProblemException 422 when it is one to something else
     */
    static Optional<Answer> answer(Row row, @Nullable IdempotencyClaim claim) {
        String hash = row.getString("request_hash");
        if (claim == null || hash == null) {
            return Optional.empty();
        }
        if (!hash.equals(claim.requestHash())) {
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
