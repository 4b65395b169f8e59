package io.tidemill.api.store;

import com.fasterxml.jackson.core.type.TypeReference;
import io.smallrye.mutiny.Uni;
import io.tidemill.contract.OfferedOperation;
import io.tidemill.contract.TaskEvent;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Knows the processors that have been heard of lately, and what they can do. */
@ApplicationScoped
public class WorkerStore {
    private static final String ANNOUNCED =
            """
            insert into worker (id, task_queue, slots, isolation, operations, last_seen) values ($1, $2, $3, $4, $5, now())
            on conflict (id) do update set task_queue = excluded.task_queue, slots = excluded.slots,
              isolation = excluded.isolation, operations = excluded.operations, last_seen = excluded.last_seen""";

    private static final String LIVE =
            "select operations from worker where last_seen > now() - interval '2 minutes' order by id";

    private static final String SLOTS =
            """
            select task_queue, least(sum(slots), 1000000)::int as slots from worker
            where last_seen > now() - interval '1 minute' group by task_queue""";

    private static final String FORGET =
            "delete from worker where last_seen < now() - interval '1 day'";

    private final Database database;
    private final JsonColumns json;

    public WorkerStore(Database database, JsonColumns json) {
        this.database = database;
        this.json = json;
    }

    /** Notes what a worker says it can do. */
    public Uni<Void> announced(String worker, TaskEvent.Announced announced) {
        Tuple row =
                Tuple.of(
                        worker,
                        announced.taskQueue(),
                        announced.slots(),
                        announced.isolation(),
                        json.text(announced.operations()));
        return database.query(ANNOUNCED, row).replaceWithVoid();
    }

    /** What the workers alive now offer, worker by worker. */
    public Uni<List<OfferedOperation>> offered() {
        return database.query(LIVE)
                .map(
                        rows -> {
                            List<OfferedOperation> offered = new ArrayList<>();
                            rows.forEach(row -> offered.addAll(operations(row)));
                            return offered;
                        });
    }

    /** How many bundles the workers alive now work on at once, by task queue. */
    public Uni<Map<String, Integer>> liveSlots() {
        return database.query(SLOTS)
                .map(
                        rows -> {
                            Map<String, Integer> slots = new HashMap<>();
                            rows.forEach(
                                    row ->
                                            slots.put(
                                                    row.getString("task_queue"),
                                                    row.getInteger("slots")));
                            return slots;
                        });
    }

    /** Forgets workers not heard of for a day. */
    public Uni<Void> forgetGone() {
        return database.query(FORGET).replaceWithVoid();
    }

    private List<OfferedOperation> operations(Row row) {
        List<OfferedOperation> operations =
                json.read(row.getString("operations"), new TypeReference<>() {});
        return Objects.requireNonNullElse(operations, List.of());
    }
}
