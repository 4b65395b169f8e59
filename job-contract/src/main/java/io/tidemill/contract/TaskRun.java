package io.tidemill.contract;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at one task, with all a processor needs to know.
 *
 * @param taskId opaque, unique
 * @param attempt from 1; with the processor's execution id it is the fencing token
 * @param operation name of the operation
 * @param parameters already validated against the operation's schema
 * @param input the file to work on
 * @param timeoutSeconds wall-clock limit of the attempt
 * @param checkpoint what an earlier attempt saved, if anything
 * @param traceparent W3C trace context of the job, if it has one
 */
public record TaskRun(
        String taskId,
        int attempt,
        String operation,
        Map<String, Object> parameters,
        FileRef input,
        int timeoutSeconds,
        @Nullable String checkpoint,
        @Nullable String traceparent) {
    public TaskRun {
        parameters = Map.copyOf(parameters);
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt starts at 1: " + attempt);
        }
        if (timeoutSeconds < 1) {
            throw new IllegalArgumentException(
                    "timeoutSeconds must be positive: " + timeoutSeconds);
        }
    }
}
