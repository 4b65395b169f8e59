package io.tidemill.api.change;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.message.Message;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HintCodecTest {
    private static final Path MESSAGES = Path.of("..", "job-contract", "src", "test", "resources");

    @ParameterizedTest
    @ValueSource(strings = {"previous", "future"})
    void hintsOfOtherReleasesAreRead(String release) throws IOException {
        Message message = Proton.message();
        byte[] body = Files.readAllBytes(MESSAGES.resolve(release).resolve("jobs-changed.json"));
        message.setBody(new Data(new Binary(body)));
        assertEquals(1, new HintCodec(new ObjectMapper()).read(message).size());
    }
}
