package io.tidemill.api.store;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.lifecycle.Circuit;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breakers, shared by all replicas. A row is there only while something is wrong. Rows
 * are locked after tasks, or passed over when locked, so nobody waits in a circle.
 */
@ApplicationScoped
public class CircuitStore {
    // Makes the row, so that there is one to lock.
    private static final String LOCK =
            """
            insert into circuit as c (operation, failures, reason) values ($1, $2, $3)
            on conflict (operation) do update set reason = excluded.reason
            returning failures, open_until, clock_timestamp() as now, (xmax = 0) as fresh""";

    private static final String NOTE =
            """
            update circuit set failures = $2, open_until = $3, probe_until = case when open_until = $3 then probe_until end,
              open_since = case when $3 is not null then coalesce(open_since, now()) end
            where operation = $1""";

    private static final String CLOSE = "delete from circuit where operation = any($1)";

    private static final String ALL =
            """
            select operation, failures, open_since, open_until, reason, clock_timestamp() as now,
                   coalesce(probe_until > clock_timestamp(), false) as probing
            from circuit""";

    // Whoever gets the row may send one attempt; if that is lost, the next may be sent after a
    // while.
    private static final String CLAIM_PROBES =
            """
            update circuit set probe_until = clock_timestamp() + interval '30 seconds' where operation in (
              select operation from circuit where open_until <= clock_timestamp()
                and coalesce(probe_until < clock_timestamp(), true) for update skip locked)
            returning operation""";

    private static final String RETURN_PROBES =
            "update circuit set probe_until = null where operation = any($1)";

    private final Database database;
    private volatile Set<String> known = Set.of();

    public CircuitStore(Database database) {
        this.database = database;
    }

    /** A circuit that is not closed, or has counted failures. */
    public record Standing(
            String operation,
            Circuit.State state,
            @Nullable Instant openSince,
            @Nullable Instant openUntil,
            boolean probing,
            String reason) {
        /** Whether it is time to see if it works again, and nobody is about to. */
        boolean probeDue() {
            return state == Circuit.State.HALF_OPEN && !probing;
        }

        /** Whether nothing of the operation may be sent, but for a probe. */
        public boolean holds() {
            return state != Circuit.State.CLOSED;
        }
    }

    /** Writes down what a batch tells; answers whose circuits are open now. */
    Uni<Set<String>> note(SqlConnection connection, CircuitNews news) {
        List<String> worked = news.successes().stream().filter(known::contains).toList();
        Uni<Void> closed =
                worked.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : connection
                                .preparedQuery(CLOSE)
                                .execute(Tuple.of(worked.toArray(String[]::new)))
                                .replaceWithVoid();
        return closed.chain(() -> failed(connection, news));
    }

    private static Uni<Set<String>> failed(SqlConnection connection, CircuitNews news) {
        return Multi.createFrom()
                .iterable(news.failures().entrySet())
                .onItem()
                .transformToUniAndConcatenate(
                        entry ->
                                failed(
                                        connection,
                                        entry.getKey(),
                                        entry.getValue(),
                                        news.reason(entry.getKey())))
                .select()
                .where(operation -> !operation.isEmpty())
                .collect()
                .with(Collectors.toSet());
    }

    /** The operation, if its circuit is open now; else nothing. */
    private static Uni<String> failed(
            SqlConnection connection, String operation, int count, String reason) {
        return connection
                .preparedQuery(LOCK)
                .execute(Tuple.of(operation, count, reason))
                .chain(
                        rows -> {
                            Row row = rows.iterator().next();
                            Circuit before =
                                    new Circuit(
                                            row.getBoolean("fresh")
                                                    ? 0
                                                    : row.getInteger("failures"),
                                            Sql.instant(row.getOffsetDateTime("open_until")));
                            Instant now = row.getOffsetDateTime("now").toInstant();
                            Circuit after = before.failed(count, now);
                            boolean open = after.state(now) == Circuit.State.OPEN;
                            return connection
                                    .preparedQuery(NOTE)
                                    .execute(
                                            Tuple.of(
                                                    operation,
                                                    after.failures(),
                                                    Sql.offset(after.openUntil())))
                                    .replaceWith(open ? operation : "");
                        });
    }

    /** All that are not closed, by operation; also what this replica then knows of. */
    public Uni<Map<String, Standing>> all() {
        return database.connected(this::all);
    }

    Uni<Map<String, Standing>> all(SqlConnection connection) {
        return connection
                .query(ALL)
                .execute()
                .map(
                        rows -> {
                            Map<String, Standing> standings = new HashMap<>();
                            rows.forEach(
                                    row ->
                                            standings.put(
                                                    row.getString("operation"), standing(row)));
                            known = Set.copyOf(standings.keySet());
                            return standings;
                        });
    }

    private static Standing standing(Row row) {
        Instant openUntil = Sql.instant(row.getOffsetDateTime("open_until"));
        Circuit circuit = new Circuit(row.getInteger("failures"), openUntil);
        return new Standing(
                row.getString("operation"),
                circuit.state(row.getOffsetDateTime("now").toInstant()),
                Sql.instant(row.getOffsetDateTime("open_since")),
                openUntil,
                row.getBoolean("probing"),
                row.getString("reason"));
    }

    /** Operations of which one attempt may be sent to see whether it works again. */
    Uni<List<String>> claimProbes(SqlConnection connection) {
        return connection
                .query(CLAIM_PROBES)
                .execute()
                .map(
                        rows -> {
                            List<String> operations = new ArrayList<>();
                            rows.forEach(row -> operations.add(row.getString("operation")));
                            return operations;
                        });
    }

    /** Nothing was there to be sent. */
    Uni<Void> returnProbes(SqlConnection connection, Set<String> unused) {
        return unused.isEmpty()
                ? Uni.createFrom().voidItem()
                : connection
                        .preparedQuery(RETURN_PROBES)
                        .execute(Tuple.of(new HashSet<>(unused).toArray(String[]::new)))
                        .replaceWithVoid();
    }
}
