package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.config.ApiConfig;
import io.tidemill.api.store.CircuitStore.Standing;
import io.tidemill.contract.FileRef;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Picks due tasks and counts their attempts before any message leaves. One replica at a time for
 * each task queue (advisory lock), so that the queue at the broker stays short. Hot.
 */
@ApplicationScoped
public class DispatchStore {
    private static final String LOCK =
            "select pg_try_advisory_xact_lock(hashtextextended($1, 11)) as held";

    // How much is on its way, and how many slots there are to take it.
    private static final String ROOM =
            """
            select (select count(distinct bundle) from task
                    where task_queue = $1 and state = 'DISPATCHED' and execution is null) as untaken,
                   (select coalesce(sum(slots), 0) from worker
                    where task_queue = $1 and last_seen > now() - interval '1 minute') as slots""";

    // Locks the picked rows only and passes over locked ones; changes no counters, for those a
    // dispatched task is still queued.
    private static final String PICK =
            """
            select id, operation, losses > 0 as alone from task
            where task_queue = $1 and state = 'QUEUED' and not held and due_time <= now() and operation <> all($3)
            order by priority, due_time, id limit $2 for update skip locked""";

    private static final String SEND =
            """
            update task t set state = 'DISPATCHED', attempt = t.attempt + 1, bundle = b.bundle, dispatch_time = now(), due_time = now()
            from unnest($1::uuid[], $2::uuid[]) as b(id, bundle)
            where t.id = b.id
            returning t.id, t.bundle""";

    private static final String RESEND =
            """
            update task set dispatch_time = now() where id in (
              select id from task where task_queue = $1 and state = 'DISPATCHED' and execution is null
                and dispatch_time < now() - make_interval(secs => $2::int)
              order by dispatch_time limit 100 for update skip locked)
            returning id, bundle""";

    private static final String DETAILS =
            """
            select t.id, t.job_id, t.bundle, t.attempt, t.operation, t.checkpoint, t.losses > 1 as exclusive, t.input_name, t.input_type, t.input_size,
                   t.input_sha256, s.parameters, j.traceparent
            from task t join job j on j.id = t.job_id join job_step s on s.job_id = t.job_id and s.ordinal = t.step
            where t.id = any($1) order by t.bundle, t.due_time, t.id""";

    private final Database database;
    private final CircuitStore circuits;
    private final CircuitProbes probes;
    private final ApiConfig.Dispatch config;

    public DispatchStore(
            Database database, CircuitStore circuits, CircuitProbes probes, ApiConfig config) {
        this.database = database;
        this.circuits = circuits;
        this.probes = probes;
        this.config = config.dispatch();
    }

    /**
     * A task that may be sent.
     *
     * @param alone it must not share a bundle
     */
    public record Due(UUID id, String operation, boolean alone) {}

    /**
     * A task of a bundle, as it is sent.
     *
     * @param exclusive its worker or its engine has gone down more than once while it was held
     */
    public record Sent(
            UUID id,
            UUID bundle,
            int attempt,
            String operation,
            String parameters,
            FileRef input,
            @Nullable String checkpoint,
            boolean exclusive,
            @Nullable String traceparent) {}

    /**
     * Marks due tasks as sent, as many bundles as there is room for.
     *
     * @param bundler forms bundles; what it leaves out stays queued
     */
    public Uni<List<Sent>> pick(String taskQueue, Function<List<Due>, List<List<Due>>> bundler) {
        return database.inTransaction(
                connection ->
                        locked(connection, taskQueue)
                                .chain(
                                        held ->
                                                held
                                                        ? room(connection, taskQueue)
                                                        : Uni.createFrom().item(0))
                                .chain(
                                        room ->
                                                room > 0
                                                        ? pick(connection, taskQueue, room, bundler)
                                                        : Uni.createFrom().item(List.<Sent>of())));
    }

    /**
     * Marks messages nobody has answered for that long as sent once more; same attempt, same
     * bundle.
     */
    public Uni<List<Sent>> unanswered(String taskQueue, Duration age) {
        return database.inTransaction(
                connection ->
                        connection
                                .preparedQuery(RESEND)
                                .execute(Tuple.of(taskQueue, (int) age.toSeconds()))
                                .chain(rows -> details(connection, ids(rows))));
    }

    private static Uni<Boolean> locked(SqlConnection connection, String taskQueue) {
        return connection
                .preparedQuery(LOCK)
                .execute(Tuple.of(taskQueue))
                .map(rows -> rows.iterator().next().getBoolean("held"));
    }

    private Uni<Integer> room(SqlConnection connection, String taskQueue) {
        return connection
                .preparedQuery(ROOM)
                .execute(Tuple.of(taskQueue))
                .map(
                        rows -> {
                            Row row = rows.iterator().next();
                            int target = Math.max(config.minBundles(), 2 * row.getInteger("slots"));
                            return target - row.getInteger("untaken");
                        });
    }

    private Uni<List<Sent>> pick(
            SqlConnection connection,
            String taskQueue,
            int room,
            Function<List<Due>, List<List<Due>>> bundler) {
        return circuits.all(connection)
                .chain(
                        standings ->
                                probes.due(connection, taskQueue, standings.values())
                                        .chain(
                                                probing ->
                                                        due(connection, taskQueue, room, standings)
                                                                .map(
                                                                        due ->
                                                                                joined(
                                                                                        probing,
                                                                                        bundler
                                                                                                .apply(
                                                                                                        due)))))
                .chain(bundles -> send(connection, first(bundles, room)));
    }

    private static List<List<Due>> joined(List<Due> probes, List<List<Due>> bundles) {
        return Stream.concat(probes.stream().map(List::of), bundles.stream()).toList();
    }

    private static List<List<Due>> first(List<List<Due>> bundles, int room) {
        return bundles.subList(0, Math.min(room, bundles.size()));
    }

    private Uni<List<Due>> due(
            SqlConnection connection, String taskQueue, int room, Map<String, Standing> standings) {
        String[] held =
                standings.values().stream()
                        .filter(Standing::holds)
                        .map(Standing::operation)
                        .toArray(String[]::new);
        return connection
                .preparedQuery(PICK)
                .execute(Tuple.of(taskQueue, room * config.maxBundleTasks(), held))
                .map(DispatchStore::due);
    }

    private static Uni<List<Sent>> send(SqlConnection connection, List<List<Due>> bundles) {
        if (bundles.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        Map<UUID, UUID> bundleOf = new HashMap<>();
        for (List<Due> bundle : bundles) {
            UUID id = UUID.randomUUID();
            bundle.forEach(task -> bundleOf.put(task.id(), id));
        }
        List<UUID> ids = List.copyOf(bundleOf.keySet());
        Tuple rows = Tuple.of(Sql.uuids(ids, id -> id), Sql.uuids(ids, bundleOf::get));
        return connection
                .preparedQuery(SEND)
                .execute(rows)
                .chain(sent -> details(connection, ids(sent)));
    }

    private static Uni<List<Sent>> details(SqlConnection connection, UUID[] ids) {
        if (ids.length == 0) {
            return Uni.createFrom().item(List.of());
        }
        return connection
                .preparedQuery(DETAILS)
                .execute(Tuple.of((Object) ids))
                .map(
                        rows -> {
                            List<Sent> tasks = new ArrayList<>(rows.size());
                            rows.forEach(row -> tasks.add(sent(row)));
                            return tasks;
                        });
    }

    private static Sent sent(Row row) {
        FileRef input = TaskReader.input(row);
        if (input == null) {
            throw new IllegalStateException("a queued task without input: " + row.getUUID("id"));
        }
        return new Sent(
                row.getUUID("id"),
                row.getUUID("bundle"),
                row.getInteger("attempt"),
                row.getString("operation"),
                row.getString("parameters"),
                input,
                row.getString("checkpoint"),
                row.getBoolean("exclusive"),
                row.getString("traceparent"));
    }

    static List<Due> due(RowSet<Row> rows) {
        List<Due> due = new ArrayList<>(rows.size());
        rows.forEach(row -> due.add(due(row)));
        return due;
    }

    private static Due due(Row row) {
        return new Due(row.getUUID("id"), row.getString("operation"), row.getBoolean("alone"));
    }

    private static UUID[] ids(RowSet<Row> rows) {
        List<UUID> ids = new ArrayList<>(rows.size());
        rows.forEach(row -> ids.add(row.getUUID("id")));
        return ids.toArray(UUID[]::new);
    }
}
