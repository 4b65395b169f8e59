package io.tidemill.api.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemill.api.id.IdSource;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.lifecycle.TaskSignal;
import io.tidemill.api.store.DeadLetterStore.DeadMessage;
import io.tidemill.api.store.TaskReport;
import io.tidemill.api.web.Digests;
import io.tidemill.contract.ErrorClass;
import io.tidemill.contract.Failure;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.amqp.messaging.MessageAnnotations;
import org.apache.qpid.proton.message.Message;
import org.jspecify.annotations.Nullable;

/** Reads messages that were given up: what to keep of them, and which tasks they were to start. */
@ApplicationScoped
class DeadMessages {
    private static final int MOST_BODY = 16 * 1024;
    private static final int MOST_TASKS = 1_000;
    private static final Failure LOST =
            new Failure(
                    "UNDELIVERABLE",
                    ErrorClass.TRANSIENT,
                    "The message that was to start this attempt was refused by the processors or the broker; "
                            + "see the dead letters, and whether processors of another version are running.");

    private final ObjectMapper json;
    private final IdSource ids;

    DeadMessages(ObjectMapper json, IdSource ids) {
        this.json = json;
        this.ids = ids;
    }

    /** What a message comes to. */
    record Read(DeadMessage letter, List<TaskReport> reports) {}

    Read read(Message message, String code) {
        byte[] body = body(message);
        String address = annotation(message, "x-opt-ORIG-ADDRESS");
        String text = shown(body);
        DeadMessage letter =
                new DeadMessage(
                        ids.next(), code, detail(code), address, text, digest(message, body));
        return new Read(letter, reports(body));
    }

    private static String detail(String code) {
        return code.equals("MESSAGE_EXPIRED")
                ? "Nobody took the message before it expired."
                : "Nobody could read the message, or it was delivered too often without being settled.";
    }

    /** The same for the same message, so that keeping it twice keeps it once. */
    private static String digest(Message message, byte[] body) {
        String id = String.valueOf(message.getMessageId());
        return Digests.sha256(id + '/' + new String(body, StandardCharsets.ISO_8859_1));
    }

    private List<TaskReport> reports(byte[] body) {
        List<TaskReport> reports = new ArrayList<>();
        for (JsonNode task : tree(body).path("tasks")) {
            int attempt = task.path("attempt").asInt();
            if (attempt > 0 && reports.size() < MOST_TASKS) {
                TypeId.TASK
                        .parse(task.path("taskId").asText())
                        .ifPresent(id -> reports.add(undelivered(id, attempt)));
            }
        }
        return reports;
    }

    /** By an execution nobody has, so that it counts only while nobody has taken the attempt. */
    private static TaskReport undelivered(UUID task, int attempt) {
        String nobody = UUID.randomUUID().toString();
        TaskSignal signal = new TaskSignal.Fail(attempt, nobody, ErrorClass.TRANSIENT);
        return new TaskReport(task, signal, null, TaskReport.Details.of(LOST));
    }

    private JsonNode tree(byte[] body) {
        try {
            return Objects.requireNonNullElse(
                    json.readTree(body), json.getNodeFactory().missingNode());
        } catch (IOException _) {
            return json.getNodeFactory().missingNode();
        }
    }

    private static byte[] body(Message message) {
        if (!(message.getBody() instanceof Data data)) {
            return String.valueOf(message.getBody()).getBytes(StandardCharsets.UTF_8);
        }
        Binary bytes = data.getValue();
        byte[] copy = new byte[bytes.getLength()];
        System.arraycopy(bytes.getArray(), bytes.getArrayOffset(), copy, 0, copy.length);
        return copy;
    }

    private static String shown(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, MOST_BODY), StandardCharsets.UTF_8);
        return text.replaceAll("\\p{Cc}", " ");
    }

    private static @Nullable String annotation(Message message, String name) {
        MessageAnnotations annotations = message.getMessageAnnotations();
        Map<Symbol, Object> values = annotations == null ? Map.of() : annotations.getValue();
        Object value = values.get(Symbol.valueOf(name));
        return value == null ? null : value.toString();
    }
}
