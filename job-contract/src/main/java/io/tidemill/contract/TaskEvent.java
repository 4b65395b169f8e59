package io.tidemill.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something a processor reports. Events of one execution may arrive late, repeated or out of order.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TaskEvent.Taken.class, name = "taken"),
    @JsonSubTypes.Type(value = TaskEvent.Started.class, name = "started"),
    @JsonSubTypes.Type(value = TaskEvent.Heartbeat.class, name = "heartbeat"),
    @JsonSubTypes.Type(value = TaskEvent.Succeeded.class, name = "succeeded"),
    @JsonSubTypes.Type(value = TaskEvent.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = TaskEvent.Released.class, name = "released"),
    @JsonSubTypes.Type(value = TaskEvent.Stopped.class, name = "stopped"),
    @JsonSubTypes.Type(value = TaskEvent.Announced.class, name = "announced")
})
public sealed interface TaskEvent {

    /** An event about one execution of one attempt. */
    sealed interface OfExecution extends TaskEvent {
        String taskId();

        /** The attempt number the processor was given. */
        int attempt();

        /** The processor's own id (a UUID) for running the attempt. */
        String execution();
    }

    /** The worker holds the task; it may still wait for a free slot. */
    record Taken(String taskId, int attempt, String execution) implements OfExecution {}

    /** The work has begun; from here the attempt counts. */
    record Started(String taskId, int attempt, String execution) implements OfExecution {}

    /**
     * The work is done. {@code result} holds key figures, {@code outputs} the files made, already
     * in storage.
     *
     * @param durationMillis wall-clock milliseconds the work of the attempt took; absent when not
     *     measured
     */
    record Succeeded(
            String taskId,
            int attempt,
            String execution,
            Map<String, Object> result,
            List<FileRef> outputs,
            @Nullable Long durationMillis)
            implements OfExecution {
        public Succeeded {
            result = Map.copyOf(result);
            outputs = List.copyOf(outputs);
        }
    }

    /**
     * The attempt failed. {@code result} may still hold key figures, such as the name of a virus.
     */
    record Failed(
            String taskId,
            int attempt,
            String execution,
            Failure failure,
            @Nullable Map<String, Object> result)
            implements OfExecution {}

    /** The worker gives the task back unfinished (drain); the attempt is not counted. */
    record Released(String taskId, int attempt, String execution, @Nullable String checkpoint)
            implements OfExecution {}

    /**
     * The execution was told to stop and nothing of it runs any more; its child processes are dead.
     */
    record Stopped(String taskId, int attempt, String execution) implements OfExecution {}

    /** Every few seconds: the executions this worker still holds. Renews their leases. */
    record Heartbeat(List<Pulse> pulses) implements TaskEvent {
        public Heartbeat {
            pulses = List.copyOf(pulses);
        }
    }

    /**
     * One execution within a heartbeat.
     *
     * @param percent 0 to 99, absent while the operation cannot tell
     * @param activity what it does right now, such as {@code page 3 of 10}
     * @param checkpoint what the next attempt should know, if this one dies
     */
    record Pulse(
            String taskId,
            int attempt,
            String execution,
            @Nullable Integer percent,
            @Nullable String activity,
            @Nullable String checkpoint) {}

    /** At start and every half minute: what this worker can do. */
    record Announced(
            String taskQueue, int slots, String isolation, List<OfferedOperation> operations)
            implements TaskEvent {
        public Announced {
            operations = List.copyOf(operations);
        }
    }
}
