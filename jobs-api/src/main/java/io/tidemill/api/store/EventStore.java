package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.store.LogRows.Names;
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
import org.jspecify.annotations.Nullable;

/** Reads what has been logged of single jobs, for many readers at once, and forgets the old. */
@ApplicationScoped
public class EventStore {
    private static final String NOW =
            """
            select j.id, j.owner, j.sequence, j.percent, j.end_time is not null as ended, j.delete_time is not null as deleted,
                   s.id as step_id, s.percent as step_percent
            from job j left join job_step s on s.job_id = j.id where j.id = any($1) order by j.id, s.ordinal""";

    private static final String READ =
            "select w.n, e.* from unnest($1::uuid[], $2::bigint[]) with ordinality w(job_id, after, n) cross join lateral "
                    + LogRows.page("e.job_id = w.job_id and e.sequence > w.after", "e.sequence")
                    + " e order by w.n, e.sequence";

    // The mark is moved by the statement that removes, so that nobody sees one without the other.
    private static final String PRUNE =
            """
            with old as (select job_id, sequence from job_event where create_time < now() - make_interval(secs => $1::float8)
                         limit $2 for update skip locked),
              gone as (delete from job_event e using old o where e.job_id = o.job_id and e.sequence = o.sequence returning e.transaction),
              noted as (update job_event_pruned p set transaction = greatest(p.transaction, (select max(transaction) from gone))
                        where exists (select 1 from gone))
            select count(*) as gone from gone""";

    private static final double MILLIS = 1_000;

    private final Database database;

    public EventStore(Database database) {
        this.database = database;
    }

    /**
     * Asks for what came after a change of a job.
     *
     * @param after number of the change
     */
    public record Question(UUID job, long after) {}

    /**
     * What came after a change. The rows were read after {@code now}, so they have all that it
     * counts, unless they are cut or have been forgotten.
     *
     * @param now the job as it stood; null when there is none
     * @param changes in their order; some of them when there are many
     */
    public record Answer(@Nullable JobNow now, List<LoggedChange> changes) {}

    /**
     * Where a job stands.
     *
     * @param sequence number of its latest change
     * @param percent whole percent done
     * @param deleted nothing else is left of it
     */
    public record JobNow(
            String owner,
            long sequence,
            int percent,
            boolean ended,
            boolean deleted,
            List<StepNow> steps) {}

    /** How far a step is, in whole percent. */
    public record StepNow(String id, int percent) {}

    /** Answers to all, in their order. */
    public Uni<List<Answer>> read(List<Question> questions) {
        return database.connected(connection -> read(connection, questions));
    }

    private static Uni<List<Answer>> read(SqlConnection connection, List<Question> questions) {
        UUID[] jobs = Sql.uuids(questions, Question::job);
        Tuple after = Tuple.of(jobs, Sql.longs(questions, Question::after));
        return connection
                .preparedQuery(NOW)
                .execute(Tuple.of((Object) jobs))
                .map(EventStore::standing)
                .chain(
                        now ->
                                connection
                                        .preparedQuery(READ)
                                        .execute(after)
                                        .chain(
                                                rows ->
                                                        LogRows.names(connection, rows)
                                                                .map(
                                                                        names ->
                                                                                answers(
                                                                                        questions,
                                                                                        now, rows,
                                                                                        names))));
    }

    private static Map<UUID, JobNow> standing(RowSet<Row> rows) {
        Map<UUID, JobNow> jobs = new HashMap<>();
        for (Row row : rows) {
            JobNow job =
                    jobs.computeIfAbsent(
                            row.getUUID("id"),
                            _ ->
                                    new JobNow(
                                            row.getString("owner"),
                                            row.getLong("sequence"),
                                            row.getInteger("percent"),
                                            row.getBoolean("ended"),
                                            row.getBoolean("deleted"),
                                            new ArrayList<>()));
            if (row.getString("step_id") != null) {
                job.steps.add(
                        new StepNow(row.getString("step_id"), row.getInteger("step_percent")));
            }
        }
        return jobs;
    }

    private static List<Answer> answers(
            List<Question> questions, Map<UUID, JobNow> now, RowSet<Row> rows, Names names) {
        List<Answer> answers =
                questions.stream()
                        .map(question -> new Answer(now.get(question.job), new ArrayList<>()))
                        .toList();
        for (Row row : rows) {
            answers.get(row.getLong("n").intValue() - 1).changes.add(names.change(row));
        }
        return answers;
    }

    /**
     * Forgets changes older than that.
     *
     * @return how many there were, at most {@code limit}
     */
    public Uni<Integer> prune(Duration age, int limit) {
        return database.query(PRUNE, Tuple.of(age.toMillis() / MILLIS, limit))
                .map(rows -> rows.iterator().next().getInteger("gone"));
    }
}
