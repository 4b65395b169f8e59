package io.tidemill.api.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.jsontype.TypeIdResolver;
import io.tidemill.contract.TaskEvents;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Optional;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.message.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads events. What cannot be read is refused with one line in the log; the broker keeps it among
 * its dead letters. An event of a type that is not known here is skipped.
 */
@ApplicationScoped
class EventCodec {
    private static final Logger LOG = Logger.getLogger(EventCodec.class);
    private final TaskMeters meters;
    private final ObjectReader reader;
    private boolean unknownTold;

    EventCodec(ObjectMapper json, TaskMeters meters) {
        this.meters = meters;
        this.reader =
                json.readerFor(TaskEvents.class)
                        .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .withHandler(new UnknownTypes());
    }

    Optional<TaskEvents> read(Message message) {
        if (!(message.getBody() instanceof Data data)) {
            return refused(message, "it has no data section");
        }
        try {
            Binary bytes = data.getValue();
            TaskEvents events =
                    reader.readValue(bytes.getArray(), bytes.getArrayOffset(), bytes.getLength());
            if (events.version() != TaskEvents.VERSION) {
                return refused(message, "its version " + events.version() + " is not known here");
            }
            Optional<String> wrong = EventForm.wrong(events);
            return wrong.isEmpty() ? Optional.of(events) : refused(message, wrong.get());
        } catch (JsonProcessingException e) {
            return refused(message, e.getOriginalMessage());
        } catch (IOException e) {
            return refused(message, e.getMessage());
        }
    }

    private static Optional<TaskEvents> refused(Message message, @Nullable String why) {
        LOG.warnf("Message %s is refused: %s", message.getMessageId(), why);
        return Optional.empty();
    }

    /** Processors may be newer than this replica: the other events of their messages count. */
    private final class UnknownTypes extends DeserializationProblemHandler {
        @Override
        public @Nullable JavaType handleUnknownTypeId(
                DeserializationContext context,
                JavaType base,
                String type,
                TypeIdResolver resolver,
                String problem) {
            meters.ignoredUnknownType();
            if (!unknownTold) {
                unknownTold = true;
                LOG.warnf(
                        "An event of the unknown type %s is skipped; the metric %s tells of others",
                        ReportedText.activity(type), TaskMeters.IGNORED);
            }
            return context.constructType(Void.class);
        }
    }
}
