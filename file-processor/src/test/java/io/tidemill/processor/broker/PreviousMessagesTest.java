package io.tidemill.processor.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.message.Message;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A processor understands the jobs-api of the previous release, and one that is newer. */
class PreviousMessagesTest {
    private static final Path MESSAGES = Path.of("..", "job-contract", "src", "test", "resources");

    private final MessageCodec codec = new MessageCodec();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "previous/run-tasks.json",
                "previous/run-tasks-minimal.json",
                "previous/run-tasks-exclusive.json",
                "future/run-tasks.json"
            })
    void bundlesOfOtherReleasesAreRead(String file) throws Exception {
        assertEquals(1, codec.runTasks(message(file)).tasks().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"previous/stop.json", "future/stop.json"})
    void stopOrdersOfOtherReleasesAreRead(String file) throws Exception {
        assertEquals(1, codec.stop(message(file)).executions().size());
    }

    private static Message message(String file) throws IOException {
        Message message = Proton.message();
        message.setBody(new Data(new Binary(Files.readAllBytes(MESSAGES.resolve(file)))));
        return message;
    }
}
