package io.tidemill.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * This release and the one before understand each other. What that one said is in {@code
 * src/test/resources/previous}, written by {@code ./tidemill snapshot}.
 */
class PreviousMessagesTest {
    private static final Path PREVIOUS = Path.of("src", "test", "resources", "previous");

    private static final Path CONTRACT = PREVIOUS.resolve("asyncapi.json");
    private static final Path MESSAGES = PREVIOUS.resolve("messages.jsonl");

    private final JsonMapper json = GoldenFile.reader();

    @BeforeAll
    static void write() throws IOException {
        if (Boolean.getBoolean("snapshot.write")) {
            List<String> lines = new ArrayList<>();
            for (GoldenFile golden : GoldenFile.all()) {
                lines.add(GoldenFile.reader().readTree(golden.open()).toString());
            }
            Files.write(MESSAGES, lines);
            AsyncApi current = AsyncApi.read(Path.of("..", "asyncapi.yaml"));
            Files.writeString(CONTRACT, current.document() + "\n");
        }
    }

    static List<String> previousMessages() throws IOException {
        List<String> found = Files.readAllLines(MESSAGES);
        assertTrue(found.size() > 10, "too few messages of the previous release: " + found);
        return found;
    }

    static List<GoldenFile> goldenFiles() {
        return GoldenFile.all();
    }

    @ParameterizedTest
    @MethodSource("previousMessages")
    void nothingThePreviousReleaseSaidIsLost(String line) throws IOException {
        JsonNode said = json.readTree(line);
        JsonNode understood = json.valueToTree(json.treeToValue(said, form(said)));
        assertEquals(List.of(), missing("", said, understood));
    }

    @ParameterizedTest
    @MethodSource("goldenFiles")
    void thePreviousReleaseUnderstandsWhatIsSaidNow(GoldenFile golden) throws IOException {
        AsyncApi previous = AsyncApi.read(CONTRACT);
        List<String> known = previous.eventTypes();
        assertTrue(known.contains("heartbeat"), known.toString());
        JsonNode message = json.readTree(golden.open());
        for (Iterator<JsonNode> events = message.path("events").iterator(); events.hasNext(); ) {
            if (!known.contains(events.next().path("type").asText())) {
                events.remove();
            }
        }
        ((ObjectNode) message).put("fromALaterVersion", 1);
        if (previous.schemas().has(golden.schema()) && !isEmptied(message)) {
            assertEquals(List.of(), previous.complaints(golden.schema(), message));
        }
    }

    /** It had only events of types that are new. */
    private static boolean isEmptied(JsonNode message) {
        return message.has("events") && message.path("events").isEmpty();
    }

    private static Class<?> form(JsonNode message) {
        if (message.has("events")) {
            return TaskEvents.class;
        }
        if (message.has("tasks")) {
            return RunTasks.class;
        }
        return message.has("executions") ? Stop.class : JobsChanged.class;
    }

    private static List<String> missing(String at, JsonNode said, JsonNode understood) {
        List<String> found = new ArrayList<>();
        if (said.isValueNode()) {
            if (!said.asText().equals(understood.asText())) {
                found.add(at + ": " + said + " became " + understood);
            }
        } else if (said.isArray() && said.size() != understood.size()) {
            found.add(at + " has another length");
        } else if (said.isArray()) {
            for (int i = 0; i < said.size(); i++) {
                found.addAll(missing(at + "/" + i, said.get(i), understood.get(i)));
            }
        } else {
            said.properties()
                    .forEach(
                            field ->
                                    found.addAll(
                                            missing(
                                                    at + "/" + field.getKey(),
                                                    field.getValue(),
                                                    understood.path(field.getKey()))));
        }
        return found;
    }
}
