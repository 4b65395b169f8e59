package io.tidemill.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * jobs-api → file-processor: run these tasks. A hint that may be lost or repeated without harm; the
 * truth is in PostgreSQL.
 *
 * @param version of the message form; {@value #VERSION}
 * @param bundleId UUID; also the AMQP message-id and {@code _AMQ_DUPL_ID}
 * @param tasks one or more; in one bundle, because together they are short
 * @param exclusive run it while nothing else runs on the worker, because an earlier attempt of its
 *     task took its worker or its engine down; absent in JSON unless true
 */
public record RunTasks(
        int version,
        String bundleId,
        List<TaskRun> tasks,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean exclusive) {
    public static final int VERSION = 1;

    public RunTasks {
        tasks = List.copyOf(tasks);
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("a bundle needs at least one task");
        }
    }

    /** A bundle that may run beside others. */
    public RunTasks(int version, String bundleId, List<TaskRun> tasks) {
        this(version, bundleId, tasks, false);
    }
}
