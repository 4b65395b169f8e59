package io.tidemill.processor.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemill.contract.TaskEvent;
import io.tidemill.contract.TaskEvents;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.message.Message;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventBatchTest {
    private final MessageCodec codec = new MessageCodec();

    @Test
    void aBatchTakesAtMostTwoHundredEvents() {
        Queue<OutgoingEvent> waiting = new ArrayDeque<>(Collections.nCopies(450, ofBytes(10)));
        assertEquals(200, EventBatch.from(waiting).events().size());
        assertEquals(200, EventBatch.from(waiting).events().size());
        assertEquals(50, EventBatch.from(waiting).events().size());
    }

    @Test
    void aBatchStaysBelowItsSizeButTakesOneEventAtLeast() {
        Queue<OutgoingEvent> waiting =
                new ArrayDeque<>(
                        Stream.of(60_000, 20_000, 20_000, 20_000).map(this::ofBytes).toList());
        assertEquals(60_000, EventBatch.from(waiting).bytes());
        assertEquals(40_000, EventBatch.from(waiting).bytes());
        assertEquals(20_000, EventBatch.from(waiting).bytes());
    }

    @Test
    void theMessageReadsAsTaskEventsAndIsDurable() throws Exception {
        TaskEvent taken = new TaskEvent.Taken("task", 1, "execution");
        TaskEvent released = new TaskEvent.Released("task", 1, "execution", null);
        Message message =
                new EventBatch("id", List.of(of(taken, null), of(released, null)))
                        .message(codec, "wor\"ker");
        Binary body = ((Data) message.getBody()).getValue();
        TaskEvents read = new ObjectMapper().readValue(body.getArray(), TaskEvents.class);
        assertEquals(new TaskEvents(1, "wor\"ker", List.of(taken, released)), read);
        assertTrue(message.isDurable());
        assertEquals("id", message.getMessageId());
        assertEquals("id", property(message, "_AMQ_DUPL_ID"));
    }

    @Test
    void aMessageNamesTheTracesOfItsEventsThatAreRecorded() {
        TaskEvent event = new TaskEvent.Taken("task", 1, "execution");
        Message one = message(of(event, "one-01"), of(event, "one-01"), of(event, null));
        assertEquals("one-01", property(one, "traceparent"));
        Message two = message(of(event, "one-01"), of(event, "two-01"), of(event, "three-00"));
        assertEquals(null, property(two, "traceparent"));
        assertEquals("one-01,two-01", property(two, "traceparents"));
        assertEquals(null, property(message(of(event, "three-00")), "traceparent"));
    }

    private Message message(OutgoingEvent... events) {
        return new EventBatch("id", List.of(events)).message(codec, "worker");
    }

    private static @Nullable Object property(Message message, String key) {
        return message.getApplicationProperties().getValue().get(key);
    }

    private OutgoingEvent of(TaskEvent event, @Nullable String traceparent) {
        return new OutgoingEvent(codec.event(event), traceparent, new CompletableFuture<>());
    }

    private OutgoingEvent ofBytes(int bytes) {
        return new OutgoingEvent(new byte[bytes], null, new CompletableFuture<>());
    }
}
