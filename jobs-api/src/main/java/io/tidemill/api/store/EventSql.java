package io.tidemill.api.store;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Statements that change jobs and log the change, in one. */
final class EventSql {
    private static final String COLUMNS =
            "sequence, owner, generation, state, percent, blocked, queued, running, retrying, succeeded, failed, cancelled, skipped";

    private static final String JOB_COLUMNS = "j.id, j." + COLUMNS.replace(", ", ", j.");

    /**
     * To be returned by an insert or update of {@code job j} that {@link #logged} is made of. An
     * update raises the sequence.
     */
    static final String RETURNED = " returning " + JOB_COLUMNS;

    private EventSql() {}

    /**
     * An update of jobs whose every row is logged; it gives back a row for each.
     *
     * @param update up to its condition; of {@code job j}
     */
    static String logged(String update) {
        return logged(update + RETURNED + ", true as logged, null::bytea as tasks", "id");
    }

    /**
     * An insert or update of jobs that are logged where it says so.
     *
     * @param update returns {@link #RETURNED}, {@code logged}, {@code tasks}, and whatever
     * @param result what is given back of it
     */
    static String logged(String update, String result) {
        return logged(update, List.of(), result);
    }

    /** The same, with what else is to be inserted; that may name the jobs, as {@code changed}. */
    static String logged(String update, List<String> inserts, String result) {
        return "with changed as ("
                + update
                + "), entry as (insert into job_event (job_id, "
                + COLUMNS
                + ", tasks) select id, "
                + COLUMNS
                + ", tasks from changed where logged)"
                + IntStream.range(0, inserts.size())
                        .mapToObj(i -> ", more" + i + " as (" + inserts.get(i) + ")")
                        .collect(Collectors.joining())
                + " select "
                + result
                + " from changed";
    }
}
