package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.config.ApiConfig;
import io.tidemill.api.policy.Allowances;
import io.tidemill.api.policy.Choice;
import io.tidemill.api.policy.Turn;
import io.tidemill.api.policy.WaitingTask;
import io.tidemill.api.store.CircuitStore.Standing;
import io.tidemill.api.store.RingStore.Search;
import io.tidemill.contract.FileRef;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Picks due tasks and counts their attempts before any message leaves. One replica at a time for
 * each task queue (advisory lock), so that the queue at the broker stays short and owners take
 * turns. Hot: what it reads grows with the room there is, not with the backlog.
 */
@ApplicationScoped
public class DispatchStore {
    // A statement of its own: what is asked next must see what the holder before has committed.
    private static final String LOCK =
            "select pg_try_advisory_xact_lock(hashtextextended($1, 11)) as held";

    // How much is on its way, and how many slots there are to take it.
    private static final String OPENING =
            """
            select coalesce((select last_owner from dispatch_ring where task_queue = $1), '') as last_owner,
                   (select count(distinct bundle) from task
                    where task_queue = $1 and state = 'DISPATCHED' and execution is null) as untaken,
                   (select coalesce(sum(slots), 0) from worker
                    where task_queue = $1 and last_seen > now() - interval '1 minute') as slots,
                   exists (select from dispatch_turn where task_queue = $1) as owing,
                   clock_timestamp() as now""";

    private static final String TASK_COLUMNS =
            """
            t.id, t.job_id, t.step, t.bundle, t.due_time, t.attempt, t.operation, t.checkpoint, t.losses > 1 as exclusive,
              t.input_name, t.input_type, t.input_size, t.input_sha256""";

    // What is told of tasks that were just marked.
    private static final String DETAILS =
            """
            select t.*, s.parameters, j.traceparent
            from sent t join job j on j.id = t.job_id join job_step s on s.job_id = t.job_id and s.ordinal = t.step""";

    // Locks the chosen rows only and passes over locked ones; changes no counters, for those a
    // dispatched task is still queued. In the order given. The state is compared so that the index
    // of
    // what waits cannot serve: planned while little waits, it would be read from end to end for
    // each
    // task when much does.
    static final String SEND =
            """
            with free as materialized (
              select t.id, b.bundle, b.place from unnest($1::uuid[], $2::uuid[]) with ordinality as b(id, bundle, place) join task t on t.id = b.id
              where t.state || '' = 'QUEUED' and not t.held for update of t skip locked),
            sent as (
              update task t set state = 'DISPATCHED', attempt = t.attempt + 1, bundle = f.bundle, dispatch_time = now(), due_time = now()
              from free f where t.id = f.id
              returning COLUMNS, f.place)
            DETAILS order by t.place"""
                    .replace("COLUMNS", TASK_COLUMNS)
                    .replace("DETAILS", DETAILS);

    private static final String RESEND =
            """
            with sent as (
              update task t set dispatch_time = now() where id in (
                select id from task where task_queue = $1 and state = 'DISPATCHED' and execution is null
                  and dispatch_time < now() - make_interval(secs => $2::int)
                order by dispatch_time limit 100 for update skip locked)
              returning COLUMNS)
            DETAILS order by t.bundle, t.due_time, t.id"""
                    .replace("COLUMNS", TASK_COLUMNS)
                    .replace("DETAILS", DETAILS);

    private final Database database;
    private final CircuitStore circuits;
    private final CircuitProbes probes;
    private final RingStore ring;
    private final ApiConfig.Dispatch config;

    public DispatchStore(
            Database database,
            CircuitStore circuits,
            CircuitProbes probes,
            RingStore ring,
            ApiConfig config) {
        this.database = database;
        this.circuits = circuits;
        this.probes = probes;
        this.ring = ring;
        this.config = config.dispatch();
    }

    /** Decides which waiting tasks go, for one round. */
    @FunctionalInterface
    public interface Policy {
        Choice choose(List<Turn> ring, int room, Allowances allowances, long nowMillis);
    }

    /**
     * What a round has marked as sent.
     *
     * @param again whether there is room for more, and perhaps more that waits
     * @param pause after which more may be sent because of rates; null when they hold back nothing
     */
    public record Picked(List<Sent> tasks, boolean again, @Nullable Duration pause) {
        static final Picked NOTHING = new Picked(List.of(), false, null);
    }

    /** How a round begins. */
    private record Opening(String lastOwner, boolean owing, int room, long nowMillis) {}

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

    /** Marks due tasks as sent, as many bundles as there is room for. */
    public Uni<Picked> pick(String taskQueue, Policy policy) {
        return database.inTransaction(
                connection ->
                        open(connection, taskQueue)
                                .chain(
                                        opening ->
                                                opening.room() > 0
                                                        ? new Round(
                                                                        connection,
                                                                        taskQueue,
                                                                        policy,
                                                                        opening)
                                                                .run()
                                                        : Uni.createFrom().item(Picked.NOTHING)));
    }

    /**
     * Marks messages nobody has answered for that long as sent once more; same attempt, same
     * bundle.
     */
    public Uni<List<Sent>> unanswered(String taskQueue, Duration age) {
        return database.query(RESEND, Tuple.of(taskQueue, (int) age.toSeconds()))
                .map(DispatchStore::sent);
    }

    /**
     * Without room when another replica dispatches. Both are asked at once, one after the other.
     */
    private Uni<Opening> open(SqlConnection connection, String taskQueue) {
        return Uni.combine()
                .all()
                .unis(
                        connection.preparedQuery(LOCK).execute(Tuple.of(taskQueue)),
                        connection.preparedQuery(OPENING).execute(Tuple.of(taskQueue)))
                .with(
                        (lock, opening) ->
                                opening(
                                        lock.iterator().next().getBoolean("held"),
                                        opening.iterator().next()));
    }

    private Opening opening(boolean held, Row row) {
        int target = Math.max(config.minBundles(), 2 * row.getInteger("slots"));
        return new Opening(
                row.getString("last_owner"),
                row.getBoolean("owing"),
                held ? target - row.getInteger("untaken") : 0,
                row.getOffsetDateTime("now").toInstant().toEpochMilli());
    }

    /** One round, in its transaction. */
    private final class Round {
        private final SqlConnection connection;
        private final String taskQueue;
        private final Policy policy;
        private final Opening opening;

        Round(SqlConnection connection, String taskQueue, Policy policy, Opening opening) {
            this.connection = connection;
            this.taskQueue = taskQueue;
            this.policy = policy;
            this.opening = opening;
        }

        Uni<Picked> run() {
            return Uni.combine()
                    .all()
                    .unis(circuits.all(connection), DispatchLimits.load(connection))
                    .asTuple()
                    .chain(set -> run(set.getItem1(), set.getItem2()));
        }

        private Uni<Picked> run(Map<String, Standing> standings, DispatchLimits limits) {
            return probes.due(connection, taskQueue, standings.values())
                    .chain(due -> run(held(standings), due, limits));
        }

        private static Set<String> held(Map<String, Standing> standings) {
            return standings.values().stream()
                    .filter(Standing::holds)
                    .map(Standing::operation)
                    .collect(Collectors.toSet());
        }

        private Uni<Picked> run(Set<String> held, List<UUID> due, DispatchLimits limits) {
            int room = opening.room() - due.size();
            return room <= 0
                    ? send(due, Choice.NOTHING).map(sent -> new Picked(sent, false, null))
                    : run(held, due, room, limits);
        }

        private Uni<Picked> run(Set<String> held, List<UUID> due, int room, DispatchLimits limits) {
            Set<String> barred = limits.barredOperations();
            barred.addAll(held);
            Search search =
                    new Search(
                            taskQueue,
                            opening.lastOwner(),
                            opening.owing(),
                            room,
                            config.maxBundleTasks(),
                            limits.barredOwners(),
                            barred);
            return ring.next(connection, search, limits::weight)
                    .chain(found -> go(due, search, limits, found));
        }

        private Uni<Picked> go(
                List<UUID> due, Search search, DispatchLimits limits, RingStore.Ring found) {
            List<String> owners = found.turns().stream().map(Turn::owner).toList();
            Choice choice =
                    policy.choose(
                            found.turns(),
                            search.room(),
                            limits.allowances(taskQueue, owners),
                            opening.nowMillis());
            boolean more = !found.isWhole() || found.turns().stream().anyMatch(Turn::more);
            boolean again = more && !choice.full() && choice.lastOwner() != null;
            return Uni.combine()
                    .all()
                    .unis(
                            ring.turned(connection, search, found, choice),
                            limits.take(connection),
                            send(due, choice))
                    .with((_, _, sent) -> new Picked(sent, again, limits.untilNext()));
        }

        private Uni<List<Sent>> send(List<UUID> due, Choice choice) {
            Map<UUID, UUID> bundleOf = new LinkedHashMap<>();
            due.forEach(task -> bundleOf.put(task, UUID.randomUUID()));
            for (List<WaitingTask> bundle : choice.bundles()) {
                UUID id = UUID.randomUUID();
                bundle.forEach(task -> bundleOf.put(task.id(), id));
            }
            return DispatchStore.send(connection, bundleOf);
        }
    }

    private static Uni<List<Sent>> send(SqlConnection connection, Map<UUID, UUID> bundleOf) {
        if (bundleOf.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        List<UUID> ids = List.copyOf(bundleOf.keySet());
        Tuple rows = Tuple.of(Sql.uuids(ids, id -> id), Sql.uuids(ids, bundleOf::get));
        return connection.preparedQuery(SEND).execute(rows).map(DispatchStore::sent);
    }

    private static List<Sent> sent(RowSet<Row> rows) {
        List<Sent> tasks = new ArrayList<>(rows.size());
        rows.forEach(row -> tasks.add(sent(row)));
        return tasks;
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
}
