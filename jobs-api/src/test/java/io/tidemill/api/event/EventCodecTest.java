package io.tidemill.api.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.api.common.Attributes;
import io.tidemill.api.telemetry.MeasuredCounts;
import io.tidemill.api.web.StrictJson;
import io.tidemill.contract.TaskEvent;
import io.tidemill.contract.TaskEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.message.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events of older and of newer processors, read as the service reads them. */
class EventCodecTest {
    private static final Path MESSAGES = Path.of("..", "job-contract", "src", "test", "resources");

    private final MeasuredCounts counts = new MeasuredCounts();
    private final EventCodec codec = new EventCodec(json(), new TaskMeters(counts.meter()));

    static List<String> previousMessages() throws IOException {
        List<String> found =
                Files.readAllLines(MESSAGES.resolve("previous").resolve("messages.jsonl")).stream()
                        .filter(line -> line.contains("\"events\""))
                        .toList();
        assertTrue(found.size() >= 8, found.toString());
        return found;
    }

    @ParameterizedTest
    @MethodSource("previousMessages")
    void everyEventOfThePreviousReleaseIsRead(String text) throws IOException {
        int sent = new ObjectMapper().readTree(text).path("events").size();
        assertEquals(sent, read(text).orElseThrow().events().size());
        assertEquals(Map.of(), skipped());
    }

    @Test
    void ofANewerProcessorTheEventsThatAreKnownAreRead() throws IOException {
        String text = Files.readString(MESSAGES.resolve("future").resolve("task-events.json"));
        for (long round = 1; round <= 2; round++) {
            List<TaskEvent> events = read(text).orElseThrow().events();
            assertEquals(
                    List.of("Taken", "Heartbeat", "Succeeded", "Announced"),
                    events.stream().map(event -> event.getClass().getSimpleName()).toList());
            assertEquals(Map.of(TaskMeters.UNKNOWN_TYPE, 2 * round), skipped());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"version\": 2, \"worker\": \"w\", \"events\": []}",
                "{\"worker\": \"w\", \"events\": []}",
                "{\"version\": 1, \"worker\": \"w\", \"events\": [7]}",
                "{\"version\": 1, \"worker\": \"w\", \"events\": [{\"kind\": \"sang\"}]}",
                "{\"version\": 1, \"worker\": \"w\", \"events\": [{\"type\": \"sang\"}, {\"type\": \"taken\"}]}"
            })
    void whatIsBrokenIsStillRefused(String text) {
        assertEquals(Optional.empty(), read(text));
    }

    private Optional<TaskEvents> read(String text) {
        Message message = Proton.message();
        message.setBody(new Data(new Binary(text.getBytes(StandardCharsets.UTF_8))));
        return codec.read(message);
    }

    private Map<Attributes, Long> skipped() {
        return counts.of(TaskMeters.IGNORED);
    }

    private static ObjectMapper json() {
        ObjectMapper json = new ObjectMapper();
        new StrictJson().customize(json);
        return json;
    }
}
