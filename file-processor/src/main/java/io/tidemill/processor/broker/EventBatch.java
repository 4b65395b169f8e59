package io.tidemill.processor.broker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.message.Message;

/**
 * Events that travel in one message. Sent again it keeps its id, by which the broker drops the copy
 * it already has.
 */
record EventBatch(String id, List<OutgoingEvent> events) {
    static final int MOST_EVENTS = 200;
    static final int MOST_BYTES = 48 * 1024;
    private static final int MOST_TRACES = 64;
    private static final String NOT_RECORDED = "-00";

    EventBatch {
        events = List.copyOf(events);
    }

    static EventBatch of(OutgoingEvent event) {
        return new EventBatch(UUID.randomUUID().toString(), List.of(event));
    }

    /** Takes from the queue what fits into one message; at least one event. */
    static EventBatch from(Queue<OutgoingEvent> waiting) {
        List<OutgoingEvent> events = new ArrayList<>();
        int bytes = 0;
        OutgoingEvent next = waiting.peek();
        while (next != null
                && (events.isEmpty()
                        || (events.size() < MOST_EVENTS
                                && bytes + next.json().length <= MOST_BYTES))) {
            events.add(waiting.remove());
            bytes += next.json().length;
            next = waiting.peek();
        }
        return new EventBatch(UUID.randomUUID().toString(), events);
    }

    int bytes() {
        return events.stream().mapToInt(event -> event.json().length).sum();
    }

    /** The durable AMQP message. */
    Message message(MessageCodec codec, String worker) {
        Message message = Proton.message();
        message.setDurable(true);
        message.setMessageId(id);
        message.setContentType("application/json");
        List<byte[]> json = events.stream().map(OutgoingEvent::json).toList();
        message.setBody(new Data(new Binary(codec.taskEvents(worker, json))));
        message.setApplicationProperties(new ApplicationProperties(properties()));
        return message;
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("_AMQ_DUPL_ID", id);
        List<String> traces = traceparents();
        if (!traces.isEmpty()) {
            properties.put(
                    traces.size() == 1 ? "traceparent" : "traceparents", String.join(",", traces));
        }
        return properties;
    }

    /** The different ones, but for those that nobody records; of very many some. */
    private List<String> traceparents() {
        return events.stream()
                .map(OutgoingEvent::traceparent)
                .filter(Objects::nonNull)
                .filter(text -> !text.endsWith(NOT_RECORDED))
                .distinct()
                .limit(MOST_TRACES)
                .toList();
    }
}
