package io.tidemill.api.store;

import com.fasterxml.jackson.core.type.TypeReference;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.id.IdSource;
import io.tidemill.api.store.TaskView.AttemptView;
import io.tidemill.contract.Failure;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads tasks for people, a page at a time, in the order of files and steps. */
@ApplicationScoped
public class TaskViews {
    private static final String COLUMNS =
            """

            select t.file_ordinal, t.file_ref, t.file_name, case when t.parent is not null then t.input_name end as input_name,
                   t.step, s.id as step_id, t.part, t.state, t.attempt, t.max_attempts, t.worker, t.percent,
                   t.activity, t.start_time, t.end_time, t.result, t.error,
            """
                    + Waiter.COLUMNS
                    + ",\n"
                    + Waiter.REASON
                    + """

            from task t join job j on j.id = t.job_id join job_step s on s.job_id = t.job_id and s.ordinal = t.step
            where\s""";

    private static final String ORDER = " order by t.file_ordinal, t.step, t.part, t.id";

    private static final String FOUND =
            """
            t.job_id = $1 and t.id >= first_task($1, coalesce($4::int, 0))
              and ($2::text is null or t.state = $2) and ($3::text is null or t.file_ref = $3)
              and ($4::int is null or (t.file_ordinal, t.step, t.part, t.id) > ($4, $5::int, $6::int, $7::uuid))
            """;

    // Ids are in the order of files, not of the steps of a file: a page ends within the file that
    // its last task by id belongs to.
    private static final String PAGE =
            Waiter.OFFERED
                    + ",\nlast as materialized (select t.file_ordinal from task t where "
                    + FOUND
                    + " and t.id <= last_task($1) order by t.id offset $8 - 1 limit 1)"
                    + COLUMNS
                    + FOUND
                    + " and t.id <= last_task($1, coalesce((select file_ordinal from last), "
                    + (IdSource.MOST_FILES - 1)
                    + "))"
                    + ORDER
                    + " limit $8";

    private static final String OF_FILES =
            Waiter.OFFERED
                    + COLUMNS
                    + "t.job_id = $1 and t.id >= first_task($1, $2) and t.id <= last_task($1, $3) "
                    + ORDER;

    private static final String OUTPUTS =
            """
            select made_by, id, name, size, media_type, sha256, create_time, delete_time from file
            where made_by = any($1) and delete_time is null order by made_by, id""";

    private final Database database;
    private final JsonColumns json;
    private final AttemptReader attempts;

    public TaskViews(Database database, JsonColumns json, AttemptReader attempts) {
        this.database = database;
        this.json = json;
        this.attempts = attempts;
    }

    /** Where a page begins: after this task. */
    public record After(int fileOrdinal, int step, int part, UUID id) {}

    /** Which tasks, and how many at most. */
    public record Filter(
            @Nullable String state, @Nullable String fileRef, @Nullable After after, int limit) {}

    public Uni<List<TaskView>> page(UUID job, Filter filter) {
        After after = filter.after();
        Tuple values =
                Tuple.tuple()
                        .addUUID(job)
                        .addString(filter.state())
                        .addString(filter.fileRef())
                        .addInteger(after == null ? null : after.fileOrdinal())
                        .addInteger(after == null ? null : after.step())
                        .addInteger(after == null ? null : after.part())
                        .addUUID(after == null ? null : after.id())
                        .addInteger(filter.limit());
        return database.query(PAGE, values).chain(this::complete);
    }

    /** All tasks of a run of files. */
    public Uni<List<TaskView>> ofFiles(UUID job, int firstFile, int files) {
        return database.query(OF_FILES, Tuple.of(job, firstFile, firstFile + files - 1))
                .chain(this::complete);
    }

    private Uni<List<TaskView>> complete(RowSet<Row> rows) {
        List<TaskView> tasks = new ArrayList<>(rows.size());
        rows.forEach(row -> tasks.add(task(row)));
        if (tasks.isEmpty()) {
            return Uni.createFrom().item(tasks);
        }
        List<UUID> ids = tasks.stream().map(TaskView::id).toList();
        return attempts.of(ids).chain(history -> complete(tasks, ids, history));
    }

    private Uni<List<TaskView>> complete(
            List<TaskView> tasks, List<UUID> ids, Map<UUID, List<AttemptView>> history) {
        return database.query(OUTPUTS, Tuple.of((Object) ids.toArray(UUID[]::new)))
                .map(rows -> grouped(rows, "made_by", TaskViews::output))
                .map(outputs -> tasks.stream().map(task -> with(task, history, outputs)).toList());
    }

    private static TaskView with(
            TaskView task,
            Map<UUID, List<AttemptView>> history,
            Map<UUID, List<StoredFile>> outputs) {
        return task.with(
                history.getOrDefault(task.id(), List.of()),
                outputs.getOrDefault(task.id(), List.of()));
    }

    private static <T> Map<UUID, List<T>> grouped(
            RowSet<Row> rows, String key, Function<Row, T> of) {
        return StreamSupport.stream(rows.spliterator(), false)
                .collect(
                        Collectors.groupingBy(
                                row -> row.getUUID(key),
                                Collectors.mapping(of, Collectors.toList())));
    }

    private TaskView task(Row row) {
        return new TaskView(
                row.getUUID("id"),
                row.getInteger("file_ordinal"),
                row.getString("file_ref"),
                row.getString("file_name"),
                row.getString("input_name"),
                row.getInteger("step"),
                row.getString("step_id"),
                row.getString("operation"),
                row.getInteger("part"),
                row.getString("state"),
                row.getInteger("attempt"),
                row.getInteger("max_attempts"),
                row.getOffsetDateTime("due_time").toInstant(),
                Waiter.of(row),
                row.getString("worker"),
                row.getInteger("percent"),
                row.getString("activity"),
                Sql.instant(row.getOffsetDateTime("start_time")),
                Sql.instant(row.getOffsetDateTime("end_time")),
                json.read(row.getString("result"), new TypeReference<Map<String, Object>>() {}),
                json.read(row.getString("error"), new TypeReference<Failure>() {}),
                List.of(),
                List.of());
    }

    private static StoredFile output(Row row) {
        return new StoredFile(
                row.getUUID("id"),
                row.getString("name"),
                row.getLong("size"),
                row.getString("media_type"),
                row.getString("sha256"),
                row.getOffsetDateTime("create_time").toInstant(),
                null);
    }
}
