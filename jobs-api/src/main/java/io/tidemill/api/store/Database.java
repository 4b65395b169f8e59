package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.config.ApiConfig;
import io.tidemill.api.problem.Outage;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The only way to PostgreSQL: nobody waits for it longer than configured. The client itself would
 * wait for ever on a connection to a server that is frozen, for it neither answers nor breaks.
 *
 * <p>A transaction that PostgreSQL undid because of others at the same time is tried again.
 *
 * <p>What took too long fails with a {@link TimeoutException}; whether it has been committed is
 * then unknown.
 */
@Singleton
public class Database {
    private static final int TRIES_AFTER_ROLLBACK = 3;

    private final Pool pool;
    private final Duration limit;

    Database(Pool pool, ApiConfig config) {
        this.pool = pool;
        this.limit = config.database().answerTimeout();
    }

    /** The answer to one statement, in a transaction of its own. */
    Uni<RowSet<Row>> query(String sql, Tuple values) {
        return limited(again(pool.preparedQuery(sql).execute(values)));
    }

    /** The answer to one statement without values, in a transaction of its own. */
    Uni<RowSet<Row>> query(String sql) {
        return limited(again(pool.preparedQuery(sql).execute()));
    }

    /** What comes of several statements on one connection, each in a transaction of its own. */
    <T> Uni<T> connected(Function<SqlConnection, Uni<T>> work) {
        return limited(pool.withConnection(work));
    }

    /**
     * What comes of several statements in one transaction; a failure undoes them all.
     *
     * @param work is done anew when the transaction was the victim of a deadlock, so all it leaves
     *     behind is in the database
     */
    <T> Uni<T> inTransaction(Function<SqlConnection, Uni<T>> work) {
        return limited(again(pool.withTransaction(work)));
    }

    /** At once: PostgreSQL has let the other one go on by ending this one. */
    private static <T> Uni<T> again(Uni<T> transaction) {
        return transaction.onFailure(Database::isRolledBack).retry().atMost(TRIES_AFTER_ROLLBACK);
    }

    private static boolean isRolledBack(Throwable failure) {
        return failure instanceof PgException e && Outage.isRolledBack(e.getSqlState());
    }

    /** The same work, given up when it has taken too long. */
    <T> Uni<T> limited(Uni<T> work) {
        Context caller = Vertx.currentContext();
        return work.ifNoItem().after(limit).recoverWithUni(() -> tooLong(caller));
    }

    /** The timer has a thread of its own; the failure comes where the answer would have come. */
    private <T> Uni<T> tooLong(@Nullable Context caller) {
        Throwable failure = new TimeoutException("The database has not answered for " + limit);
        return caller == null
                ? Uni.createFrom().failure(failure)
                : Uni.createFrom()
                        .emitter(waiting -> caller.runOnContext(_ -> waiting.fail(failure)));
    }

    /**
     * What several statements on one connection come to that need nothing of each other's answers:
     * they are sent at once, and PostgreSQL runs one after the other. The first failure counts; the
     * transaction is lost with it.
     */
    static Uni<Void> together(Uni<?>... statements) {
        return Uni.combine().all().unis(statements).discardItems();
    }
}
