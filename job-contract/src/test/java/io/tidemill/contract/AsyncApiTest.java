package io.tidemill.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** asyncapi.yaml says what the golden files are. */
class AsyncApiTest {
    private static final Path DOCUMENT = Path.of("..", "asyncapi.yaml");

    private final ObjectMapper json = new ObjectMapper();
    private AsyncApi document;

    static List<GoldenFile> goldenFiles() {
        return GoldenFile.all();
    }

    @BeforeEach
    void read() throws IOException {
        document = AsyncApi.read(DOCUMENT);
    }

    @ParameterizedTest
    @MethodSource("goldenFiles")
    void aGoldenFileFollowsItsSchemaAndHasNoUndeclaredField(GoldenFile golden) throws IOException {
        assertEquals(
                List.of(),
                document.strictComplaints(golden.schema(), json.readTree(golden.open())));
    }

    @ParameterizedTest
    @MethodSource("goldenFiles")
    void aMessageWithoutAVersionIsRefused(GoldenFile golden) throws IOException {
        ObjectNode hollow = (ObjectNode) json.readTree(golden.open());
        hollow.remove("version");
        assertFalse(document.complaints(golden.schema(), hollow).isEmpty());
    }

    @Test
    void everyEventTypeHasAGoldenFile() {
        Set<String> described = new TreeSet<>();
        document.schemas()
                .path("TaskEvent")
                .path("oneOf")
                .forEach(option -> described.add(name(option.path("$ref").asText())));
        Set<String> pinned =
                GoldenFile.all().stream()
                        .map(GoldenFile::message)
                        .filter(TaskEvents.class::isInstance)
                        .flatMap(message -> ((TaskEvents) message).events().stream())
                        .map(event -> event.getClass().getSimpleName())
                        .collect(Collectors.toSet());
        assertEquals(described, new TreeSet<>(pinned));
    }

    @Test
    void theAddressesAreTheOnesTheServicesUse() {
        JsonNode channels = document.document().path("channels");
        assertEquals(Addresses.EVENTS, channels.at("/events/address").asText());
        assertEquals(Addresses.STOP, channels.at("/stop/address").asText());
        assertEquals(Addresses.CHANGES, channels.at("/changes/address").asText());
        assertEquals(Addresses.tasks("{taskQueue}"), channels.at("/tasks/address").asText());
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> references =
                document.document().findValues("$ref").stream().map(JsonNode::asText).toList();
        assertTrue(references.size() > 20);
        for (String reference : references) {
            assertFalse(document.document().at(reference.substring(1)).isMissingNode(), reference);
        }
    }

    private static String name(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }
}
