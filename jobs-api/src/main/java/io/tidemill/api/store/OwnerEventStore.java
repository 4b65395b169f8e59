package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.store.LogRows.Names;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Reads what has been logged of all jobs of an owner, in an order that never changes although
 * transactions commit in any order: by transaction, and only those before the oldest that still
 * runs. For many readers at once.
 */
@ApplicationScoped
public class OwnerEventStore {
    // The steps of one statement see the same snapshot, and pg_current_snapshot is that.
    private static final String READ =
            """
            with edge as materialized (
              select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as oldest, pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next,
                     (select transaction from job_event_pruned) as pruned)
            select w.n, edge.*, e.*, coalesce(j.labels, '{}') as labels, coalesce(j.sequence, 0) as latest,
              exists (select 1 from job_event h where h.owner = w.owner and h.transaction >= edge.oldest) as held_back
            from unnest($1::text[], $2::bigint[], $3::uuid[], $4::bigint[]) with ordinality w(owner, transaction, job_id, sequence, n)
            cross join edge
            left join lateral"""
                    + " "
                    + LogRows.page(
                            "e.owner = w.owner and e.transaction >= w.transaction and e.transaction < edge.oldest"
                                    + " and (e.transaction, e.job_id, e.sequence) > (w.transaction, w.job_id, w.sequence)",
                            "e.transaction, e.job_id, e.sequence")
                    + " e on true left join job j on j.id = e.job_id order by w.n, e.number";

    private final Database database;

    public OwnerEventStore(Database database) {
        this.database = database;
    }

    /** A place in the order of an owner's changes: that of a change, or before all of one. */
    public record Position(long transaction, UUID job, long sequence) {
        private static final UUID BEFORE_ALL = new UUID(0, 0);

        /** Before everything that this transaction changed. */
        public static Position before(long transaction) {
            return new Position(transaction, BEFORE_ALL, 0);
        }

        /** Behind everything there will ever be. */
        public static Position end() {
            return before(Long.MAX_VALUE);
        }
    }

    public record Question(String owner, Position after) {}

    /**
     * What came after a position.
     *
     * @param oldest of the transactions that still ran, so everything before it is in {@code
     *     changes}, if {@code whole}
     * @param next everything that anybody can have seen before comes from transactions before it
     * @param pruned of this transaction, and those before it, changes have been forgotten
     * @param whole there are no more before {@code oldest}
     * @param heldBack there are some behind it, to be asked for again soon
     */
    public record Answer(
            long oldest,
            long next,
            long pruned,
            boolean whole,
            boolean heldBack,
            List<OwnedChange> changes) {}

    /**
     * A change, of a job with these labels.
     *
     * @param latest the job has not changed since
     */
    public record OwnedChange(LoggedChange change, Map<String, String> labels, boolean latest) {}

    /** Answers to all, in their order. */
    public Uni<List<Answer>> read(List<Question> questions) {
        Tuple values =
                Tuple.of(
                        Sql.texts(questions, Question::owner),
                        Sql.longs(questions, question -> question.after.transaction),
                        Sql.uuids(questions, question -> question.after.job),
                        Sql.longs(questions, question -> question.after.sequence));
        return database.connected(
                connection ->
                        connection
                                .preparedQuery(READ)
                                .execute(values)
                                .chain(
                                        rows ->
                                                LogRows.names(connection, rows)
                                                        .map(names -> answers(rows, names))));
    }

    /** Each question has at least one row. */
    private static List<Answer> answers(RowSet<Row> rows, Names names) {
        List<List<Row>> byQuestion = new ArrayList<>();
        for (Row row : rows) {
            if (row.getLong("n") > byQuestion.size()) {
                byQuestion.add(new ArrayList<>());
            }
            byQuestion.getLast().add(row);
        }
        return byQuestion.stream().map(answer -> answer(answer, names)).toList();
    }

    private static Answer answer(List<Row> rows, Names names) {
        Row first = rows.getFirst();
        Long found = first.getLong("found");
        return new Answer(
                first.getLong("oldest"),
                first.getLong("next"),
                first.getLong("pruned"),
                found == null || found == rows.size(),
                first.getBoolean("held_back"),
                found == null ? List.of() : rows.stream().map(row -> change(row, names)).toList());
    }

    private static OwnedChange change(Row row, Names names) {
        LoggedChange change = names.change(row);
        return new OwnedChange(
                change,
                JobStore.labels(row.getArrayOfStrings("labels")),
                row.getLong("latest") == change.sequence());
    }
}
