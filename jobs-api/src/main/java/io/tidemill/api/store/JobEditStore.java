package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.dto.Priority;
import io.tidemill.api.store.WishStore.Outcome;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Changes priority and labels of a job, in one transaction that locks the job first, as everybody
 * does who changes its tasks. To do it twice changes nothing.
 */
@ApplicationScoped
public class JobEditStore {
    private static final String LOCK =
            "select delete_time from job where id = $1 and owner = $2 for update";

    private static final String EDIT =
            EventSql.logged(
                    """
                    update job j set priority = coalesce($2, priority), labels = coalesce($3, labels), sequence = sequence + 1
                    where id = $1 and (priority <> $2 or labels <> $3)""");

    private static final String EDIT_TASKS =
            "update task t set priority = $2 where priority <> $2 and " + TaskRange.ofJob("$1");

    private final Database database;

    public JobEditStore(Database database) {
        this.database = database;
    }

    /**
     * What is to change.
     *
     * @param priority null: it stays
     * @param labels all that it has then; null: they stay
     */
    public record Edit(@Nullable Priority priority, @Nullable Map<String, String> labels) {}

    /** Changes a job. */
    public Uni<Outcome> edit(String owner, UUID job, Edit edit) {
        return database.inTransaction(
                connection ->
                        connection
                                .preparedQuery(LOCK)
                                .execute(Tuple.of(job, owner))
                                .chain(rows -> edit(connection, rows, job, edit)));
    }

    private static Uni<Outcome> edit(
            SqlConnection connection, RowSet<Row> rows, UUID job, Edit edit) {
        if (rows.size() == 0) {
            return Uni.createFrom().item(new Outcome.Unknown());
        }
        if (rows.iterator().next().getOffsetDateTime("delete_time") != null) {
            return Uni.createFrom().item(new Outcome.Deleted());
        }
        Priority priority = edit.priority();
        Integer number = priority == null ? null : priority.ordinal();
        String[] labels = edit.labels() == null ? null : Sql.labels(edit.labels());
        return connection
                .preparedQuery(EDIT)
                .execute(Tuple.tuple().addUUID(job).addInteger(number).addArrayOfString(labels))
                .call(() -> editTasks(connection, job, number))
                .map(changed -> new Outcome.Done(applied(job, changed.size() > 0)));
    }

    private static Uni<Void> editTasks(
            SqlConnection connection, UUID job, @Nullable Integer priority) {
        return priority == null
                ? Uni.createFrom().voidItem()
                : connection
                        .preparedQuery(EDIT_TASKS)
                        .execute(Tuple.of(job, priority))
                        .replaceWithVoid();
    }

    private static Applied applied(UUID job, boolean changed) {
        return changed
                ? new Applied(Set.of(job), Set.of(), Set.of(), Set.of(), false)
                : Applied.NOTHING;
    }
}
