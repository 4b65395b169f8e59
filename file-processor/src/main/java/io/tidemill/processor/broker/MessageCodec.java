package io.tidemill.processor.broker;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidemill.contract.RunTasks;
import io.tidemill.contract.Stop;
import io.tidemill.contract.TaskEvent;
import io.tidemill.contract.TaskEvents;
import io.tidemill.contract.TaskRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the JSON in message bodies. Unknown fields are ignored, absent values are left
 * out, so that both sides can grow.
 */
public final class MessageCodec {
    private final ObjectMapper json =
            JsonMapper.builder()
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .defaultPropertyInclusion(
                            JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                    .build();

    /** The bundle in a message. */
    public RunTasks runTasks(Message message) throws MessageRefusedException {
        RunTasks bundle = read(message, RunTasks.class, RunTasks.VERSION);
        for (TaskRun run : bundle.tasks()) {
            requireWhole(run);
        }
        return bundle;
    }

    /** The stop order in a message. */
    public Stop stop(Message message) throws MessageRefusedException {
        return read(message, Stop.class, Stop.VERSION);
    }

    /** One event as JSON, to be put into an envelope later. */
    public byte[] event(TaskEvent event) {
        try {
            return json.writerFor(TaskEvent.class).writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an event that is not plain JSON", e);
        }
    }

    /** {@link TaskEvents} from events already written, so that none is written twice. */
    byte[] taskEvents(String worker, List<byte[]> events) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            String head = "{\"version\":" + TaskEvents.VERSION + ",\"worker\":";
            out.write(head.getBytes(StandardCharsets.UTF_8));
            out.write(json.writeValueAsBytes(worker));
            String separator = ",\"events\":[";
            for (byte[] event : events) {
                out.write(separator.getBytes(StandardCharsets.UTF_8));
                out.write(event);
                separator = ",";
            }
            out.write("]}".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return out.toByteArray();
    }

    private <T> T read(Message message, Class<T> form, int version) throws MessageRefusedException {
        try {
            JsonNode tree = json.readTree(body(message));
            int found = tree.path("version").asInt(-1);
            if (found != version) {
                throw new MessageRefusedException(
                        form.getSimpleName()
                                + (found < 0 ? " without a version" : " of version " + found)
                                + "; this processor reads version "
                                + version);
            }
            return json.treeToValue(tree, form);
        } catch (IOException | RuntimeException e) {
            throw new MessageRefusedException(
                    "not a " + form.getSimpleName() + ": " + firstLine(e.getMessage()));
        }
    }

    private static byte[] body(Message message) throws MessageRefusedException {
        return switch (message.getBody()) {
            case Data data -> bytes(data.getValue());
            case AmqpValue value when value.getValue() instanceof String text ->
                    text.getBytes(StandardCharsets.UTF_8);
            case AmqpValue value when value.getValue() instanceof Binary binary -> bytes(binary);
            case null, default -> throw new MessageRefusedException("a body that is not JSON");
        };
    }

    private static byte[] bytes(Binary binary) {
        byte[] copy = new byte[binary.getLength()];
        System.arraycopy(binary.getArray(), binary.getArrayOffset(), copy, 0, copy.length);
        return copy;
    }

    /** A record's components may be missing in JSON whatever their type says. */
    @SuppressWarnings("NullAway")
    private static void requireWhole(TaskRun run) throws MessageRefusedException {
        if (run.taskId() == null || run.operation() == null || run.input() == null) {
            throw new MessageRefusedException("a task without taskId, operation or input");
        }
        if (run.input().name() == null || run.input().mediaType() == null) {
            throw new MessageRefusedException("a file without name or mediaType");
        }
    }

    private static String firstLine(@Nullable String text) {
        return text == null ? "no reason given" : text.lines().findFirst().orElse("");
    }
}
