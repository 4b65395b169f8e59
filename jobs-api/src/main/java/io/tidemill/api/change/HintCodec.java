package io.tidemill.api.change;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.tidemill.api.id.TypeId;
import io.tidemill.contract.JobsChanged;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.message.Message;
import org.jboss.logging.Logger;

/** Writes hints, and reads those of other replicas. */
@Singleton
class HintCodec {
    private static final Logger LOG = Logger.getLogger(HintCodec.class);
    private final String replica = UUID.randomUUID().toString();
    private final ObjectMapper json;
    private final ObjectReader reader;

    HintCodec(ObjectMapper json) {
        this.json = json;
        this.reader =
                json.readerFor(JobsChanged.class)
                        .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    /** At most {@value JobsChanged#MOST}. Neither durable nor repeated. */
    Message write(List<UUID> jobs) {
        JobsChanged hint =
                new JobsChanged(
                        JobsChanged.VERSION,
                        replica,
                        jobs.stream().map(TypeId.JOB::format).toList());
        Message message = Message.Factory.create();
        message.setMessageId(UUID.randomUUID().toString());
        message.setContentType("application/json");
        message.setDurable(false);
        message.setBody(new Data(new Binary(bytes(hint))));
        return message;
    }

    private byte[] bytes(JobsChanged hint) {
        try {
            return json.writeValueAsBytes(hint);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be written as JSON", e);
        }
    }

    /** The jobs another replica speaks of; none when the hint is its own or cannot be read. */
    List<UUID> read(Message message) {
        if (message.getBody() instanceof Data data) {
            try {
                Binary bytes = data.getValue();
                return jobs(
                        reader.readValue(
                                bytes.getArray(), bytes.getArrayOffset(), bytes.getLength()));
            } catch (IOException e) {
                LOG.debugf("A hint is ignored: %s", e.getMessage());
            }
        }
        return List.of();
    }

    private List<UUID> jobs(JobsChanged hint) {
        return hint.version() != JobsChanged.VERSION || replica.equals(hint.replica())
                ? List.of()
                : hint.jobs().stream().map(TypeId.JOB::parse).flatMap(Optional::stream).toList();
    }
}
