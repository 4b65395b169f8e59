package io.tidemill.processor.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.message.Message;
import org.junit.jupiter.api.Test;

/** A processor understands the jobs-api of the previous release, and one that is newer. */
class PreviousMessagesTest {
    private static final Path MESSAGES = Path.of("..", "job-contract", "src", "test", "resources");

    private final MessageCodec codec = new MessageCodec();

    @Test
    void bundlesOfOtherReleasesAreRead() throws Exception {
        for (String text : texts("\"tasks\"", "run-tasks.json")) {
            assertEquals(1, codec.runTasks(message(text)).tasks().size());
        }
    }

    @Test
    void stopOrdersOfOtherReleasesAreRead() throws Exception {
        for (String text : texts("\"executions\"", "stop.json")) {
            assertEquals(1, codec.stop(message(text)).executions().size());
        }
    }

    /** All of the previous release that have the field, and one of a later release. */
    private static List<String> texts(String field, String later) throws IOException {
        Path previous = MESSAGES.resolve("previous").resolve("messages.jsonl");
        List<String> found = new ArrayList<>(Files.readAllLines(previous));
        found.removeIf(line -> !line.contains(field));
        assertFalse(found.isEmpty());
        found.add(Files.readString(MESSAGES.resolve("future").resolve(later)));
        return found;
    }

    private static Message message(String text) {
        Message message = Proton.message();
        message.setBody(new Data(new Binary(text.getBytes(StandardCharsets.UTF_8))));
        return message;
    }
}
