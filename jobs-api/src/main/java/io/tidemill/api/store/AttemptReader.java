package io.tidemill.api.store;

import com.fasterxml.jackson.core.type.TypeReference;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.store.TaskView.AttemptView;
import io.tidemill.contract.Failure;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads the history of attempts, in their order. */
@ApplicationScoped
class AttemptReader {
    private static final String ATTEMPTS =
            """
            select task_id, number, worker, start_time, end_time, outcome, error from attempt_history
            where task_id = any($1) order by task_id, number, coalesce(start_time, end_time)""";

    private final Database database;
    private final JsonColumns json;

    AttemptReader(Database database, JsonColumns json) {
        this.database = database;
        this.json = json;
    }

    /** By task; a task without attempts is left out. */
    Uni<Map<UUID, List<AttemptView>>> of(Collection<UUID> tasks) {
        return database.query(ATTEMPTS, Tuple.of((Object) tasks.toArray(UUID[]::new)))
                .map(this::byTask);
    }

    private Map<UUID, List<AttemptView>> byTask(Iterable<Row> rows) {
        Map<UUID, List<AttemptView>> attempts = new HashMap<>();
        for (Row row : rows) {
            attempts.computeIfAbsent(row.getUUID("task_id"), _ -> new ArrayList<>())
                    .add(attempt(row));
        }
        return attempts;
    }

    private AttemptView attempt(Row row) {
        return new AttemptView(
                row.getInteger("number"),
                row.getString("worker"),
                Sql.instant(row.getOffsetDateTime("start_time")),
                Sql.instant(row.getOffsetDateTime("end_time")),
                row.getString("outcome"),
                json.read(row.getString("error"), new TypeReference<Failure>() {}));
    }
}
