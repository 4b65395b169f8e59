package io.tidemill.contract;

/** The AMQP addresses both services use. */
public final class Addresses {
    /** Anycast; processors publish {@link TaskEvents} here, jobs-api replicas compete for them. */
    public static final String EVENTS = "tidemill.events";

    /** Multicast; jobs-api tells processors which executions to stop ({@link Stop}). */
    public static final String STOP = "tidemill.stop";

    /** Multicast; replicas of jobs-api tell each other which jobs changed ({@link JobsChanged}). */
    public static final String CHANGES = "tidemill.changes";

    private static final String TASKS_PREFIX = "tidemill.tasks.";

    private Addresses() {}

    /** Anycast; {@link RunTasks} of one task queue, for example {@code tidemill.tasks.standard}. */
    public static String tasks(String taskQueue) {
        return TASKS_PREFIX + taskQueue;
    }
}
