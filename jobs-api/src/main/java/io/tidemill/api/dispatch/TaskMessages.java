package io.tidemill.api.dispatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemill.api.dispatch.Publisher.Outgoing;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.store.DispatchStore.Sent;
import io.tidemill.api.store.OperationLookup;
import io.tidemill.broker.Routing;
import io.tidemill.contract.Addresses;
import io.tidemill.contract.RunTasks;
import io.tidemill.contract.Stop;
import io.tidemill.contract.TaskRun;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes the messages that leave this service. */
@ApplicationScoped
class TaskMessages {
    private static final int NORMAL = 4;
    private final ObjectMapper json;
    private final OperationLookup operations;

    TaskMessages(ObjectMapper json, OperationLookup operations) {
        this.json = json;
        this.operations = operations;
    }

    /**
     * One bundle; its id is also the message's.
     *
     * @param traceparent where the trace of a task goes on
     */
    Outgoing runTasks(
            String taskQueue,
            UUID bundle,
            List<Sent> tasks,
            Function<Sent, @Nullable String> traceparent) {
        List<TaskRun> runs =
                tasks.stream().map(task -> taskRun(task, traceparent.apply(task))).toList();
        boolean exclusive = tasks.stream().anyMatch(Sent::exclusive);
        RunTasks message = new RunTasks(RunTasks.VERSION, bundle.toString(), runs, exclusive);
        return new Outgoing(
                bundle.toString(),
                Addresses.tasks(taskQueue),
                Routing.ANYCAST,
                true,
                NORMAL,
                bytes(message));
    }

    /**
     * Tells every processor which executions to end. Worthless when late, so neither durable nor
     * repeated.
     */
    Outgoing stop(Collection<String> executions) {
        Stop message = new Stop(Stop.VERSION, List.copyOf(executions));
        return new Outgoing(
                UUID.randomUUID().toString(),
                Addresses.STOP,
                Routing.MULTICAST,
                false,
                NORMAL,
                bytes(message));
    }

    private TaskRun taskRun(Sent task, @Nullable String traceparent) {
        return new TaskRun(
                TypeId.TASK.format(task.id()),
                task.attempt(),
                task.operation(),
                parameters(task),
                task.input(),
                operations.descriptor(task.operation()).timeoutSeconds(),
                task.checkpoint(),
                traceparent);
    }

    private Map<String, Object> parameters(Sent task) {
        try {
            return json.readValue(task.parameters(), new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "column job_step.parameters does not hold what was written", e);
        }
    }

    private byte[] bytes(Object message) {
        try {
            return json.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be written as JSON", e);
        }
    }
}
