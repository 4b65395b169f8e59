package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps what was given up: tasks that failed for good, messages nobody could read or deliver. */
@ApplicationScoped
public class DeadLetterStore {
    private static final String MATCHING =
            """
            where ($1::uuid[] is null or id = any($1)) and ($2::text is null or kind = $2) and ($3::text is null or owner = $3)
              and ($4::text is null or operation = $4) and ($5::text is null or code = $5)
            """;

    private static final String LIST =
            "select id, kind, task_id, job_id, owner, operation, code, detail, address, body, create_time from dead_letter\n"
                    + MATCHING
                    + "and ($6::uuid is null or id < $6) order by id desc limit $7";

    private static final String DISCARD =
            "delete from dead_letter where id in (select id from dead_letter\n"
                    + MATCHING
                    + "order by id desc limit $6 for update skip locked)";

    private static final String ADD_MESSAGE =
            """
            insert into dead_letter (id, kind, code, detail, address, body, digest) values ($1, 'MESSAGE', $2, $3, $4, $5, $6)
            on conflict (digest) do nothing""";

    private final Database database;
    private final AttemptReader attempts;

    public DeadLetterStore(Database database, AttemptReader attempts) {
        this.database = database;
        this.attempts = attempts;
    }

    /** A task or message that was given up; with the attempts of a task. */
    public record DeadLetter(
            UUID id,
            String kind,
            @Nullable UUID taskId,
            @Nullable UUID jobId,
            @Nullable String owner,
            @Nullable String operation,
            String code,
            String detail,
            @Nullable String address,
            @Nullable String body,
            Instant createTime,
            List<TaskView.AttemptView> attempts) {}

    /** Which ones: those that match everything given. */
    public record Filter(
            @Nullable List<UUID> ids,
            @Nullable String kind,
            @Nullable String owner,
            @Nullable String operation,
            @Nullable String code) {
        private Tuple tuple() {
            return Tuple.tuple()
                    .addArrayOfUUID(ids == null ? null : ids.toArray(UUID[]::new))
                    .addString(kind)
                    .addString(owner)
                    .addString(operation)
                    .addString(code);
        }
    }

    /** A message that was given up; {@code digest} makes a repeated delivery harmless. */
    public record DeadMessage(
            UUID id,
            String code,
            String detail,
            @Nullable String address,
            String body,
            String digest) {}

    /** Newest first. */
    public Uni<List<DeadLetter>> list(Filter filter, @Nullable UUID before, int limit) {
        return database.query(LIST, filter.tuple().addUUID(before).addInteger(limit))
                .chain(this::withAttempts);
    }

    /** Forgets them; answers how many. */
    public Uni<Integer> discard(Filter filter, int limit) {
        return database.query(DISCARD, filter.tuple().addInteger(limit)).map(RowSet::rowCount);
    }

    /** Keeps a message; answers whether it was not kept already. */
    public Uni<Boolean> add(DeadMessage message) {
        return database.query(
                        ADD_MESSAGE,
                        Tuple.of(
                                message.id(),
                                message.code(),
                                message.detail(),
                                message.address(),
                                message.body(),
                                message.digest()))
                .map(rows -> rows.rowCount() > 0);
    }

    private Uni<List<DeadLetter>> withAttempts(RowSet<Row> letters) {
        List<UUID> tasks = new ArrayList<>();
        letters.forEach(
                row -> {
                    UUID task = row.getUUID("task_id");
                    if (task != null) {
                        tasks.add(task);
                    }
                });
        return attempts.of(tasks).map(history -> letters(letters, history));
    }

    private static List<DeadLetter> letters(
            RowSet<Row> rows, Map<UUID, List<TaskView.AttemptView>> attempts) {
        List<DeadLetter> letters = new ArrayList<>(rows.size());
        for (Row row : rows) {
            UUID task = row.getUUID("task_id");
            letters.add(
                    new DeadLetter(
                            row.getUUID("id"),
                            row.getString("kind"),
                            task,
                            row.getUUID("job_id"),
                            row.getString("owner"),
                            row.getString("operation"),
                            row.getString("code"),
                            row.getString("detail"),
                            row.getString("address"),
                            row.getString("body"),
                            row.getOffsetDateTime("create_time").toInstant(),
                            task == null ? List.of() : attempts.getOrDefault(task, List.of())));
        }
        return letters;
    }
}
