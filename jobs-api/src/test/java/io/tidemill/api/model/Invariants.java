package io.tidemill.api.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What must hold after every step, whatever was done in whatever order. */
final class Invariants {
    /** Each of these queries must find nothing. */
    private static final Map<String, String> NEVER = new TreeMap<>();

    static {
        NEVER.put(
                "a job's counters are not what its tasks say",
                """
                select j.id, j.blocked, j.queued, j.running, j.retrying, j.succeeded, j.failed, j.cancelled, j.skipped from job j
                where row(j.blocked, j.queued, j.running, j.retrying, j.succeeded, j.failed, j.cancelled, j.skipped) is distinct from (
                  select row((count(*) filter (where state = 'BLOCKED'))::int,
                         (count(*) filter (where state in ('QUEUED', 'DISPATCHED')))::int,
                         (count(*) filter (where state = 'RUNNING'))::int, (count(*) filter (where state = 'RETRYING'))::int,
                         (count(*) filter (where state = 'SUCCEEDED'))::int, (count(*) filter (where state = 'FAILED'))::int,
                         (count(*) filter (where state = 'CANCELLED'))::int, (count(*) filter (where state = 'SKIPPED'))::int)
                  from task t where t.job_id = j.id)""");
        NEVER.put(
                "a step's counters are not what its tasks say",
                """
                select s.job_id, s.ordinal from job_step s
                where row(s.blocked, s.queued, s.running, s.retrying, s.succeeded, s.failed, s.cancelled, s.skipped) is distinct from (
                  select row((count(*) filter (where state = 'BLOCKED'))::int,
                         (count(*) filter (where state in ('QUEUED', 'DISPATCHED')))::int,
                         (count(*) filter (where state = 'RUNNING'))::int, (count(*) filter (where state = 'RETRYING'))::int,
                         (count(*) filter (where state = 'SUCCEEDED'))::int, (count(*) filter (where state = 'FAILED'))::int,
                         (count(*) filter (where state = 'CANCELLED'))::int, (count(*) filter (where state = 'SKIPPED'))::int)
                  from task t where t.job_id = s.job_id and t.step = s.ordinal)""");
        NEVER.put(
                "a task has a result, and not exactly one attempt that succeeded",
                """
                select t.id, t.state from task t
                where (t.state = 'SUCCEEDED')::int <> (select count(*) from attempt_history a where a.task_id = t.id and a.outcome = 'SUCCEEDED')""");
        NEVER.put(
                "outputs of something that did not succeed",
                "select f.id from file f join task t on t.id = f.made_by where t.state <> 'SUCCEEDED'");
        NEVER.put(
                "the result is not that of the attempt that succeeded",
                """
                select t.id from task t join attempt_history a on a.task_id = t.id and a.outcome = 'SUCCEEDED'
                where t.result::json ->> 'by' <> a.execution::text""");
        NEVER.put(
                "a task began more often than it may",
                """
                select t.id, t.max_attempts, count(distinct a.number) from task t join attempt_history a on a.task_id = t.id
                where a.start_time is not null group by t.id having count(distinct a.number) > t.max_attempts or max(a.number) > t.max_attempts""");
        NEVER.put(
                "a file has only blocked tasks left, so nothing would wake them",
                """
                select job_id, file_ordinal from task where end_time is null group by job_id, file_ordinal
                having bool_and(state = 'BLOCKED')""");
        NEVER.put(
                "a task does not know that it must wait, or need not",
                """
                select t.id from task t join job j on j.id = t.job_id
                where t.end_time is null and t.held <> (j.paused or j.scheduled or t.paused)""");
        NEVER.put(
                "a job that was stopped has tasks that nobody has told",
                """
                select t.id, t.state from task t join job j on j.id = t.job_id
                where j.stop_reason is not null and t.end_time is null and not t.stopping""");
        NEVER.put(
                "a job is open although more of its tasks failed than it allows",
                "select id from job where end_time is null and stop_reason is null and failed > max_failed");
        NEVER.put(
                "a dead letter of a task that is none",
                """
                select d.id from dead_letter d join task t on t.id = d.task_id where t.state <> 'FAILED'""");
        NEVER.put(
                "a task that failed after it began and is no dead letter",
                """
                select t.id from task t where t.state = 'FAILED' and t.start_time is not null
                  and not exists (select 1 from dead_letter d where d.task_id = t.id)""");
        NEVER.put(
                "a job has ended and nobody is told of it, or is told though it has not",
                """
                select j.id, j.generation, j.state, d.job_state from job j
                left join webhook_delivery d on d.job_id = j.id and d.generation = j.generation
                where (j.end_time is null) <> (d.id is null) or j.state <> d.job_state""");
        NEVER.put(
                "a step does not know how far its open tasks are",
                """
                select s.job_id, s.ordinal, s.open_percent from job_step s where s.open_percent <> (
                  select coalesce(sum(t.percent), 0) from task t
                  where t.job_id = s.job_id and t.step = s.ordinal and t.end_time is null)""");
        NEVER.put(
                "a hundred percent though not all succeeded, or less though they did",
                """
                select j.id, j.percent from job j
                where (j.percent = 100) <> (j.blocked + j.queued + j.running + j.retrying + j.failed + j.cancelled + j.skipped = 0)""");
        NEVER.put(
                "a job or a step tells of less than is done",
                """
                with s as (
                  select job_id, ordinal, weight, percent, succeeded, open_percent + 100 * (succeeded + failed + cancelled + skipped) as done,
                         blocked + queued + running + retrying + succeeded + failed + cancelled + skipped as total from job_step)
                select job_id, ordinal, percent from s where percent < percent_done(succeeded, total, done, total)
                union all
                select j.id, -1, j.percent from job j join s on s.job_id = j.id group by j.id
                having j.percent < percent_done(sum(s.succeeded), sum(s.total), sum(s.weight * s.done), sum(s.weight * s.total))""");
        NEVER.put(
                "the changes of a job are not numbered from 1 to its sequence",
                """
                select j.id, j.sequence, count(e.sequence), min(e.sequence), max(e.sequence)
                from job j left join job_event e on e.job_id = j.id group by j.id, j.sequence
                having count(e.sequence) <> j.sequence or min(e.sequence) <> 1 or max(e.sequence) <> j.sequence""");
        NEVER.put(
                "the last change of a job does not say how it stands",
                """
                select j.id, j.state, e.state from job j join job_event e on e.job_id = j.id and e.sequence = j.sequence
                where (j.state, j.generation, j.blocked, j.queued, j.running, j.retrying, j.succeeded, j.failed, j.cancelled, j.skipped)
                  is distinct from
                      (e.state, e.generation, e.blocked, e.queued, e.running, e.retrying, e.succeeded, e.failed, e.cancelled, e.skipped)""");
        NEVER.put(
                "a job has a pace but has not begun",
                "select id from job where pace_time is not null and start_time is null");
        NEVER.put(
                "a task retries although its attempts are used up",
                "select id from task where state in ('QUEUED', 'RETRYING') and attempt >= max_attempts");
    }

    private final Database database;
    private Map<String, String> ended = new HashMap<>();
    private Map<String, String> endTimes = new HashMap<>();

    Invariants(Database database) {
        this.database = database;
    }

    /**
     * Looks at everything.
     *
     * @param retried whether the step was a retry, the only one by which what has ended may move
     */
    void check(String step, boolean retried) throws SQLException {
        for (Map.Entry<String, String> never : NEVER.entrySet()) {
            assertEquals(
                    List.of(), database.rows(never.getValue()), never.getKey() + ", after " + step);
        }
        Map<String, String> now =
                byKey("select id, state, attempt, result from task where end_time is not null");
        if (!retried) {
            ended.forEach(
                    (task, before) ->
                            assertEquals(before, now.get(task), "an ended task moved by " + step));
        }
        ended = now;
        checkEnds(step);
    }

    /** A job ends once in each generation. */
    private void checkEnds(String step) throws SQLException {
        Map<String, String> now =
                byKey(
                        "select id || '/' || generation, end_time, state from job where end_time is not null");
        endTimes.forEach(
                (job, before) -> {
                    if (now.containsKey(job)) {
                        assertEquals(before, now.get(job), "a job ended twice, by " + step);
                    }
                });
        endTimes = now;
    }

    private Map<String, String> byKey(String sql) throws SQLException {
        Map<String, String> found = new HashMap<>();
        for (String row : database.rows(sql)) {
            String[] parts = row.split(" ", 2);
            found.put(parts[0], parts[1]);
        }
        return found;
    }
}
