package io.tidemill.api.change;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.message.Message;
import org.junit.jupiter.api.Test;

class HintCodecTest {
    private static final Path MESSAGES = Path.of("..", "job-contract", "src", "test", "resources");

    @Test
    void hintsOfOtherReleasesAreRead() throws IOException {
        String previous =
                Files.readAllLines(MESSAGES.resolve("previous").resolve("messages.jsonl")).stream()
                        .filter(line -> line.contains("\"jobs\""))
                        .findFirst()
                        .orElseThrow();
        String later = Files.readString(MESSAGES.resolve("future").resolve("jobs-changed.json"));
        for (String hint : List.of(previous, later)) {
            Message message = Proton.message();
            message.setBody(new Data(new Binary(hint.getBytes(StandardCharsets.UTF_8))));
            assertEquals(1, new HintCodec(new ObjectMapper()).read(message).size());
        }
    }
}
