package io.tidemill.contract;

import java.util.List;

/**
 * jobs-api → file-processor: run these tasks. A hint that may be lost or repeated without harm; the
 * truth is in PostgreSQL.
 *
 * @param version of the message form; {@value #VERSION}
 * @param bundleId UUID; also the AMQP message-id and {@code _AMQ_DUPL_ID}
 * @param tasks one or more; in one bundle, because together they are short
 */
public record RunTasks(int version, String bundleId, List<TaskRun> tasks) {
    public static final int VERSION = 1;

    public RunTasks {
        tasks = List.copyOf(tasks);
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("a bundle needs at least one task");
        }
    }
}
