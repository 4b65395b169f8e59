package io.tidemill.api.stream;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;

/** Events as they go over the wire. */
@ApplicationScoped
class EventJson {
    private final ObjectMapper json;

    EventJson(ObjectMapper json) {
        this.json = json;
    }

    /** As the stream format of HTML has it: an id, a name, one line of JSON. */
    Buffer sse(StreamEvent event) {
        StringBuilder text = new StringBuilder();
        if (event.id() != null) {
            text.append("id: ").append(event.id()).append('\n');
        }
        text.append("event: ").append(name(event)).append('\n');
        text.append("data: ").append(text(content(event))).append("\n\n");
        return Buffer.buffer(text.toString());
    }

    /** What kind of event it is. */
    static String name(StreamEvent event) {
        return switch (event) {
            case StreamEvent.Snapshot _ -> "snapshot";
            case StreamEvent.Change change -> change.ended() ? "end" : "change";
            case StreamEvent.Progress _ -> "progress";
            case StreamEvent.Ready _ -> "ready";
        };
    }

    private static Object content(StreamEvent event) {
        return switch (event) {
            case StreamEvent.Snapshot snapshot -> snapshot.content();
            case StreamEvent.Change change -> change.content();
            case StreamEvent.Progress progress -> progress.content();
            case StreamEvent.Ready ready -> ready.content();
        };
    }

    /** What a client has sent. */
    SocketRequest request(String text) throws JsonProcessingException {
        SocketRequest request = json.readValue(text, SocketRequest.class);
        if (request == null) {
            throw new JsonParseException(null, "nothing");
        }
        return request;
    }

    String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be written as JSON", e);
        }
    }
}
