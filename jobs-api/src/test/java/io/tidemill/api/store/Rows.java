package io.tidemill.api.store;

/** Statements that clear the database between tests. */
public final class Rows {
    /** All jobs, with all that hangs on them. */
    public static final String DELETE_JOBS =
            """
            delete from job; delete from job_step; delete from task; delete from attempt; delete from job_event;
            delete from dead_letter where kind = 'TASK'""";

    private Rows() {}
}
