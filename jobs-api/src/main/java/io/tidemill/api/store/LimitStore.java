package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.policy.TokenBucket;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What operators have set about who may run how much: a few rows, read by every dispatch. */
@ApplicationScoped
public class LimitStore {
    /** Stands for all owners that have no limit of their own. */
    public static final String EVERYBODY = "*";

    static final String LIMITS =
            "select scope, name, weight, max_running from scheduling_limit order by scope, name";

    static final String RATES =
            "select name, tokens_per_second, burst, operations, full_time, clock_timestamp() as now from rate_limit order by name";

    // With processors: sent, taken or running; few at a time, in an index of their own.
    static final String RUNNING =
            """
            select owner, operation, task_queue, count(*) as running, count(*) filter (where state = 'DISPATCHED') as sent from task
            where state in ('DISPATCHED', 'RUNNING')
            group by owner, operation, task_queue""";

    private static final String SET_LIMIT =
            """
            insert into scheduling_limit (scope, name, weight, max_running) values ($1, $2, $3, $4)
            on conflict (scope, name) do update set weight = excluded.weight, max_running = excluded.max_running
            returning scope, name, weight, max_running""";

    private static final String REMOVE_LIMIT =
            "delete from scheduling_limit where scope = $1 and name = $2";

    // A bucket that is changed keeps what it has given.
    private static final String SET_RATE =
            """
            insert into rate_limit (name, tokens_per_second, burst, operations) values ($1, $2, $3, $4)
            on conflict (name) do update set tokens_per_second = excluded.tokens_per_second, burst = excluded.burst,
              operations = excluded.operations
            returning name, tokens_per_second, burst, operations, full_time, clock_timestamp() as now""";

    private static final String REMOVE_RATE = "delete from rate_limit where name = $1";

    private final Database database;

    public LimitStore(Database database) {
        this.database = database;
    }

    /** What a limit is about. */
    public enum Scope {
        OWNER,
        OPERATION,
        TASK_QUEUE
    }

    /**
     * A limit.
     *
     * @param weight of an owner; null: 1
     * @param maxRunning null: any number
     */
    public record Limit(
            Scope scope, String name, @Nullable Double weight, @Nullable Integer maxRunning) {}

    /** A rate, and what it had at that time by the database's clock. */
    public record Rate(String name, TokenBucket bucket, List<String> operations, Instant now) {
        public Rate {
            operations = List.copyOf(operations);
        }

        public int available() {
            return bucket.available(now);
        }
    }

    /**
     * Tasks with processors.
     *
     * @param sent those of them that have not begun
     */
    public record Running(String owner, String operation, String taskQueue, int tasks, int sent) {}

    /** All that is set and what runs. */
    public record Limits(List<Limit> limits, List<Rate> rates, List<Running> running) {
        /** So many tasks are with processors. */
        public int running(Scope scope, String name) {
            return runningOf(scope, name).mapToInt(Running::tasks).sum();
        }

        Stream<Running> runningOf(Scope scope, String name) {
            return running.stream()
                    .filter(
                            one ->
                                    switch (scope) {
                                        case OWNER -> one.owner().equals(name);
                                        case OPERATION -> one.operation().equals(name);
                                        case TASK_QUEUE -> one.taskQueue().equals(name);
                                    });
        }
    }

    /** All limits, rates and what runs. */
    public Uni<Limits> all() {
        return database.connected(
                connection ->
                        list(connection, LIMITS, LimitStore::limit)
                                .chain(
                                        limits ->
                                                list(connection, RATES, LimitStore::rate)
                                                        .chain(
                                                                rates ->
                                                                        running(connection)
                                                                                .map(
                                                                                        running ->
                                                                                                new Limits(
                                                                                                        limits,
                                                                                                        rates,
                                                                                                        running)))));
    }

    /** Sets a limit, new or not. */
    public Uni<Limit> set(Limit limit) {
        return database.query(
                        SET_LIMIT,
                        Tuple.of(
                                limit.scope().name(),
                                limit.name(),
                                limit.weight(),
                                limit.maxRunning()))
                .map(rows -> limit(rows.iterator().next()));
    }

    /** Sets a rate, new or not. */
    public Uni<Rate> set(String name, double tokensPerSecond, int burst, List<String> operations) {
        return database.query(
                        SET_RATE,
                        Tuple.of(name, tokensPerSecond, burst, operations.toArray(String[]::new)))
                .map(rows -> rate(rows.iterator().next()));
    }

    /** Whether there was one. */
    public Uni<Boolean> removeLimit(Scope scope, String name) {
        return database.query(REMOVE_LIMIT, Tuple.of(scope.name(), name))
                .map(rows -> rows.rowCount() > 0);
    }

    /** Whether there was one. */
    public Uni<Boolean> removeRate(String name) {
        return database.query(REMOVE_RATE, Tuple.of(name)).map(rows -> rows.rowCount() > 0);
    }

    static Uni<List<Running>> running(SqlConnection connection) {
        return list(
                connection,
                RUNNING,
                row ->
                        new Running(
                                row.getString("owner"),
                                row.getString("operation"),
                                row.getString("task_queue"),
                                row.getInteger("running"),
                                row.getInteger("sent")));
    }

    static <T> Uni<List<T>> list(SqlConnection connection, String sql, Function<Row, T> one) {
        return connection.preparedQuery(sql).execute().map(rows -> list(rows, one));
    }

    private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> one) {
        List<T> all = new ArrayList<>(rows.size());
        rows.forEach(row -> all.add(one.apply(row)));
        return all;
    }

    static Limit limit(Row row) {
        return new Limit(
                Scope.valueOf(row.getString("scope")),
                row.getString("name"),
                row.getDouble("weight"),
                row.getInteger("max_running"));
    }

    static Rate rate(Row row) {
        return new Rate(
                row.getString("name"),
                new TokenBucket(
                        row.getDouble("tokens_per_second"),
                        row.getInteger("burst"),
                        row.getOffsetDateTime("full_time").toInstant()),
                Arrays.asList(row.getArrayOfStrings("operations")),
                row.getOffsetDateTime("now").toInstant());
    }

    /** The limit of an owner: its own, else everybody's. */
    static Optional<Limit> ofOwner(List<Limit> limits, String owner) {
        return limits.stream()
                .filter(limit -> limit.scope() == Scope.OWNER && limit.name().equals(owner))
                .findFirst()
                .or(
                        () ->
                                limits.stream()
                                        .filter(limit -> limit.scope() == Scope.OWNER)
                                        .filter(limit -> limit.name().equals(EVERYBODY))
                                        .findFirst());
    }
}
