package io.tidemill.api.store;

/** How far steps and jobs are, in SQL; see {@link io.tidemill.api.lifecycle.PercentDone}. */
final class PercentSql {
    private static final String OPEN = "s.blocked + s.queued + s.running + s.retrying";
    private static final String ENDED = "s.succeeded + s.failed + s.cancelled + s.skipped";

    /** Of a step {@code s}, by its counters. */
    static final String OF_STEP =
            """
            percent_done(s.succeeded, OPEN + ENDED, 100 * (ENDED) + s.open_percent, OPEN + ENDED)"""
                    .replace("OPEN", OPEN)
                    .replace("ENDED", ENDED);

    /** The same, once the counters of {@code c} are added to those of the step. */
    static final String OF_CHANGED_STEP = OF_STEP.replaceAll("s\\.(\\w+)", "(s.$1 + c.$1)");

    private static final String DONE =
            "sum(s.weight * (100 * (ENDED) + s.open_percent)::bigint)::bigint";

    /** Of a job {@code j}, by the counters of its steps. */
    static final String OF_JOB =
            """
            (select percent_done(sum(s.succeeded), sum(OPEN + ENDED),
                                 DONE,
                                 sum(s.weight * (OPEN + ENDED)::bigint)::bigint)
             from job_step s where s.job_id = j.id)"""
                    .replace("DONE", DONE)
                    .replace("OPEN", OPEN)
                    .replace("ENDED", ENDED);

    /** What job {@code j} has done, as {@link io.tidemill.api.lifecycle.PercentDone.Work#done}. */
    static final String DONE_OF_JOB =
            "(select DONE from job_step s where s.job_id = j.id)"
                    .replace("DONE", DONE)
                    .replace("ENDED", ENDED);

    private PercentSql() {}
}
