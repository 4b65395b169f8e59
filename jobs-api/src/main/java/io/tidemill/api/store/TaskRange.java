package io.tidemill.api.store;

import io.tidemill.api.id.IdSource;

/**
 * Finds the tasks of a job by their ids, which lie between bounds that the job's id gives ({@link
 * IdSource#taskOf}), and so in one period. No index names the job. Beside joins it is to be used
 * within {@code lateral (select ... offset 0)}, so that each job is looked up by itself.
 */
final class TaskRange {
    private static final String OF =
            " %1$s.job_id = %2$s and %1$s.id >= first_task(%2$s%3$s) and %1$s.id <= last_task(%2$s%3$s) ";

    private TaskRange() {}

    /** The condition, for task {@code t} and an expression that tells the job. */
    static String ofJob(String job) {
        return OF.formatted("t", job, "");
    }

    /** The same of one file, by its place in the job. */
    static String ofFile(String job, String file) {
        return OF.formatted("t", job, ", " + file) + "and t.file_ordinal = " + file;
    }
}
