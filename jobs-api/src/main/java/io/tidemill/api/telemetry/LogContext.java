package io.tidemill.api.telemetry;

import io.tidemill.api.id.TypeId;
import java.util.UUID;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/** Says in every line that is logged meanwhile which job and which task it is about. */
public final class LogContext implements AutoCloseable {
    private static final String JOB = "jobId";
    private static final String TASK = "taskId";

    private LogContext(@Nullable UUID job, @Nullable UUID task) {
        put(JOB, TypeId.JOB, job);
        put(TASK, TypeId.TASK, task);
    }

    public static LogContext ofJob(UUID job) {
        return new LogContext(job, null);
    }

    public static LogContext ofTask(UUID task) {
        return new LogContext(null, task);
    }

    public static LogContext of(UUID job, UUID task) {
        return new LogContext(job, task);
    }

    private static void put(String key, TypeId type, @Nullable UUID id) {
        if (id != null) {
            MDC.put(key, type.format(id));
        }
    }

    @Override
    public void close() {
        MDC.remove(JOB);
        MDC.remove(TASK);
    }
}
