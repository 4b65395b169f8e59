package io.tidemill.processor.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.amqp.messaging.Section;
import org.apache.qpid.proton.message.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCodecTest {
    private static final String STOP = "{\"version\":1,\"executions\":[\"a\"],\"later\":{}}";

    private final MessageCodec codec = new MessageCodec();

    @Test
    void jsonIsReadFromEveryUsualKindOfBody() throws MessageRefusedException {
        Binary bytes = new Binary(STOP.getBytes(StandardCharsets.UTF_8));
        assertEquals("a", codec.stop(message(new Data(bytes))).executions().getFirst());
        assertEquals("a", codec.stop(message(new AmqpValue(bytes))).executions().getFirst());
        assertEquals("a", codec.stop(message(new AmqpValue(STOP))).executions().getFirst());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"text\"",
                "{",
                "{\"version\":1}",
                "{\"version\":1,\"bundleId\":\"b\",\"tasks\":[]}",
                "{\"version\":1,\"bundleId\":\"b\",\"tasks\":[null]}",
                "{\"version\":1,\"bundleId\":\"b\",\"tasks\":[{}]}",
                "{\"version\":1,\"bundleId\":\"b\",\"tasks\":\"all\"}",
                "{\"version\":1,\"bundleId\":\"b\",\"tasks\":[{\"attempt\":1,\"timeoutSeconds\":1,\"parameters\":{}}]}"
            })
    void whatIsNoBundleIsRefusedInOneLine(String body) {
        MessageRefusedException refused =
                assertThrows(
                        MessageRefusedException.class,
                        () -> codec.runTasks(message(new AmqpValue(body))));
        assertEquals(1, refused.why().lines().count());
    }

    @Test
    void anotherVersionIsRefusedByItsNumber() {
        MessageRefusedException refused =
                assertThrows(
                        MessageRefusedException.class,
                        () -> codec.stop(message(new AmqpValue("{\"version\":2}"))));
        assertTrue(refused.why().contains("version 2"), refused.why());
    }

    @Test
    void aBodyThatIsNotTextIsRefused() {
        assertThrows(MessageRefusedException.class, () -> codec.stop(message(new AmqpValue(42))));
        assertThrows(MessageRefusedException.class, () -> codec.stop(Proton.message()));
    }

    private static Message message(Section body) {
        Message message = Proton.message();
        message.setBody(body);
        return message;
    }
}
