package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.policy.Choice;
import io.tidemill.api.policy.Turn;
import io.tidemill.api.policy.WaitingTask;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * The ring of owners with waiting tasks, in the order of their names. What is read grows with the
 * room there is, never with the backlog: each (owner, operation, class) costs one look into index
 * {@code task_queued}, which names them in this order. Locks nothing.
 */
@ApplicationScoped
class RingStore {
    // Jumps from one flow, that is (owner, operation), to the next: first those behind the owner
    // whose turn was last, then from the beginning up to it.
    private static final String NEXT =
            """
            select owner, operation from task
            where task_queue = $1 and state = 'QUEUED' and not held and BOUND
            order by owner, operation limit 1""";

    private static final String LAP =
            """
            (FIRST)
            union all
            select n.owner, n.operation from LAP l cross join lateral (NEXT_OF_LAP) n""";

    static final String WAITING =
            """
            with recursive
            behind as (LAP_BEHIND),
            before as (LAP_BEFORE),
            flow as materialized (
              (select 0 as lap, owner, operation from behind where owner <> all($4) and operation <> all($5) limit $3)
              union all
              (select 1 as lap, owner, operation from before where owner <> all($4) and operation <> all($5) limit $3)
              limit $3),
            depth as materialized (select greatest($6::int, $7::int / greatest(1, count(*)))::int as tasks from flow)
            select f.lap, f.owner, f.operation, class, t.id, t.due_time, t.losses > 0 as alone, t.input_size, coalesce(d.deficit_millis, 0) as deficit,
                   (select tasks from depth) as depth
            from flow f cross join generate_series(0, 2) as class
            cross join lateral (
              select id, due_time, losses, input_size from task
              where task_queue = $1 and owner = f.owner and operation = f.operation and priority = class
                and state = 'QUEUED' and not held and due_time <= now()
              order by due_time, id limit (select tasks from depth)) t
            left join dispatch_turn d on d.task_queue = $1 and d.owner = f.owner
            order by f.lap, f.owner, f.operation, class, t.due_time, t.id"""
                    .replace(
                            "LAP_BEHIND",
                            lap(
                                    "behind",
                                    "owner > $2",
                                    "(owner, operation) > (l.owner, l.operation)"))
                    .replace(
                            "LAP_BEFORE",
                            lap(
                                    "before",
                                    "owner <= $2",
                                    "(owner, operation) > (l.owner, l.operation) and owner <= $2"));

    private static final String TURNED =
            """
            insert into dispatch_ring (task_queue, last_owner) values ($1, $2)
            on conflict (task_queue) do update set last_owner = excluded.last_owner""";

    private static final String OWE =
            """
            insert into dispatch_turn as d (task_queue, owner, deficit_millis)
            select $1, n.owner, n.deficit from unnest($2::text[], $3::float8[]) as n(owner, deficit)
            on conflict (task_queue, owner) do update set deficit_millis = excluded.deficit_millis""";

    private static final String QUITS =
            "delete from dispatch_turn where task_queue = $1 and owner = any($2)";

    private static final String SETTLE =
            "delete from dispatch_turn where task_queue = $1 and owner <> all($2)";

    private static final int SPARE_FLOWS = 8;

    private final OperationLookup operations;
    private final OperationCosts costs;

    RingStore(OperationLookup operations, OperationCosts costs) {
        this.operations = operations;
        this.costs = costs;
    }

    private static String lap(String name, String first, String next) {
        return LAP.replace("FIRST", NEXT.replace("BOUND", first))
                .replace("NEXT_OF_LAP", NEXT.replace("BOUND", next))
                .replace("LAP", name);
    }

    /**
     * What is looked for.
     *
     * @param lastOwner whose turn was last; empty: nobody's
     * @param owing whether any owner has working time in hand, or used it in advance
     * @param room bundles
     * @param bundleTasks in a bundle at most
     */
    record Search(
            String taskQueue,
            String lastOwner,
            boolean owing,
            int room,
            int bundleTasks,
            Set<String> barredOwners,
            Set<String> barredOperations) {
        int flows() {
            return room + SPARE_FLOWS;
        }

        boolean barsNothing() {
            return barredOwners.isEmpty() && barredOperations.isEmpty();
        }
    }

    /**
     * Owners with waiting tasks.
     *
     * @param isWhole whether there are no others
     */
    record Ring(List<Turn> turns, boolean isWhole) {}

    /** The next owners that have tasks that are due. */
    Uni<Ring> next(SqlConnection connection, Search search, ToDoubleFunction<String> weights) {
        Tuple values =
                Tuple.tuple()
                        .addString(search.taskQueue())
                        .addString(search.lastOwner())
                        .addInteger(search.flows())
                        .addArrayOfString(search.barredOwners().toArray(String[]::new))
                        .addArrayOfString(search.barredOperations().toArray(String[]::new))
                        .addInteger(search.bundleTasks())
                        .addInteger(search.room() * search.bundleTasks());
        return connection
                .preparedQuery(WAITING)
                .execute(values)
                .map(rows -> ring(rows, search.flows(), weights));
    }

    private Ring ring(RowSet<Row> rows, int most, ToDoubleFunction<String> weights) {
        Map<String, Gathered> owners = new LinkedHashMap<>();
        rows.forEach(
                row ->
                        owners.computeIfAbsent(row.getString("owner"), _ -> new Gathered())
                                .add(task(row), row));
        boolean whole = owners.values().stream().mapToInt(one -> one.flows.size()).sum() < most;
        List<Turn> turns = new ArrayList<>(owners.size());
        owners.forEach(
                (owner, tasks) -> {
                    boolean last = turns.size() == owners.size() - 1;
                    boolean more = tasks.more() || (last && !whole);
                    double weight = weights.applyAsDouble(owner);
                    turns.add(new Turn(owner, weight, tasks.deficit, tasks.waiting, more));
                });
        return new Ring(turns, whole);
    }

    private WaitingTask task(Row row) {
        String operation = row.getString("operation");
        return new WaitingTask(
                row.getUUID("id"),
                row.getString("owner"),
                operation,
                row.getInteger("class"),
                row.getOffsetDateTime("due_time").toInstant().toEpochMilli(),
                costs.weight(operations.descriptor(operation), row.getLong("input_size")),
                row.getBoolean("alone"));
    }

    /** The rows of one owner. */
    private static final class Gathered {
        private final List<WaitingTask> waiting = new ArrayList<>();
        private final Set<String> flows = new HashSet<>();
        private final Map<String, Integer> lines = new LinkedHashMap<>();
        private double deficit;
        private int depth;

        void add(WaitingTask task, Row row) {
            waiting.add(task);
            flows.add(task.operation());
            lines.merge(task.operation() + ' ' + task.priority(), 1, Integer::sum);
            deficit = row.getDouble("deficit");
            depth = row.getInteger("depth");
        }

        boolean more() {
            return lines.values().stream().anyMatch(count -> count >= depth);
        }
    }

    /**
     * Remembers whose turn it was, and what owners have in hand. A lone owner owes nobody, and who
     * has nothing waiting neither saves nor owes.
     */
    Uni<Void> turned(SqlConnection connection, Search search, Ring ring, Choice choice) {
        boolean alone = ring.isWhole() && ring.turns().size() == 1;
        Map<String, Double> changed = new LinkedHashMap<>();
        Set<String> owing = new HashSet<>();
        for (Turn turn : ring.turns()) {
            double now = alone ? 0 : choice.deficits().getOrDefault(turn.owner(), 0.0);
            if (now != turn.deficitMillis()) {
                changed.put(turn.owner(), now);
            }
            if (now != 0) {
                owing.add(turn.owner());
            }
        }
        boolean everybody = ring.isWhole() && search.barsNothing();
        return owe(connection, search.taskQueue(), changed)
                .chain(
                        () ->
                                everybody
                                        ? settle(connection, search, owing)
                                        : quit(connection, search.taskQueue(), changed))
                .chain(
                        () ->
                                alone
                                        ? nothing()
                                        : remember(connection, search.taskQueue(), ring, choice));
    }

    /** All others have gone, by whatever way. */
    private static Uni<Void> settle(SqlConnection connection, Search search, Set<String> owing) {
        return search.owing()
                ? connection
                        .preparedQuery(SETTLE)
                        .execute(Tuple.of(search.taskQueue(), owing.toArray(String[]::new)))
                        .replaceWithVoid()
                : nothing();
    }

    private static Uni<Void> owe(
            SqlConnection connection, String taskQueue, Map<String, Double> changed) {
        List<Map.Entry<String, Double>> some =
                changed.entrySet().stream().filter(entry -> entry.getValue() != 0).toList();
        return some.isEmpty()
                ? nothing()
                : connection
                        .preparedQuery(OWE)
                        .execute(
                                Tuple.of(
                                        taskQueue,
                                        Sql.texts(some, Map.Entry::getKey),
                                        some.stream()
                                                .map(Map.Entry::getValue)
                                                .toArray(Double[]::new)))
                        .replaceWithVoid();
    }

    private static Uni<Void> quit(
            SqlConnection connection, String taskQueue, Map<String, Double> changed) {
        String[] owners =
                changed.entrySet().stream()
                        .filter(entry -> entry.getValue() == 0)
                        .map(Map.Entry::getKey)
                        .toArray(String[]::new);
        return owners.length == 0
                ? nothing()
                : connection
                        .preparedQuery(QUITS)
                        .execute(Tuple.of(taskQueue, owners))
                        .replaceWithVoid();
    }

    private static Uni<Void> remember(
            SqlConnection connection, String taskQueue, Ring ring, Choice choice) {
        String last = ring.isWhole() || choice.full() ? choice.lastOwner() : lastOf(ring);
        return last == null
                ? nothing()
                : connection
                        .preparedQuery(TURNED)
                        .execute(Tuple.of(taskQueue, last))
                        .replaceWithVoid();
    }

    /** All of this part of the ring went, so the next part is next. */
    private static String lastOf(Ring ring) {
        return ring.turns().getLast().owner();
    }

    private static Uni<Void> nothing() {
        return Uni.createFrom().voidItem();
    }
}
