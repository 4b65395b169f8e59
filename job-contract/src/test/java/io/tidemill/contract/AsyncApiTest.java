package io.tidemill.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
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
    private static final String ID = "urn:asyncapi";

    private final ObjectMapper json = new ObjectMapper();
    private JsonNode document;

    static List<GoldenFile> goldenFiles() {
        return GoldenFile.all();
    }

    @BeforeEach
    void read() throws IOException {
        document = new YAMLMapper().readTree(DOCUMENT.toFile());
    }

    @ParameterizedTest
    @MethodSource("goldenFiles")
    void aGoldenFileFollowsItsSchemaAndHasNoUndeclaredField(GoldenFile golden) throws IOException {
        assertEquals(List.of(), complaints(golden.schema(), json.readTree(golden.open())));
    }

    @ParameterizedTest
    @MethodSource("goldenFiles")
    void aMessageWithoutAVersionIsRefused(GoldenFile golden) throws IOException {
        ObjectNode hollow = (ObjectNode) json.readTree(golden.open());
        hollow.remove("version");
        assertFalse(complaints(golden.schema(), hollow).isEmpty());
    }

    @Test
    void everyEventTypeHasAGoldenFile() {
        Set<String> described = new TreeSet<>();
        schemas()
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
        JsonNode channels = document.path("channels");
        assertEquals(Addresses.EVENTS, channels.at("/events/address").asText());
        assertEquals(Addresses.STOP, channels.at("/stop/address").asText());
        assertEquals(Addresses.CHANGES, channels.at("/changes/address").asText());
        assertEquals(Addresses.tasks("{taskQueue}"), channels.at("/tasks/address").asText());
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> references =
                document.findValues("$ref").stream().map(JsonNode::asText).toList();
        assertTrue(references.size() > 20);
        for (String reference : references) {
            assertFalse(document.at(reference.substring(1)).isMissingNode(), reference);
        }
    }

    private JsonNode schemas() {
        return document.at("/components/schemas");
    }

    private List<String> complaints(String schema, JsonNode message) throws IOException {
        ObjectNode root = json.createObjectNode();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("$id", ID + ":" + schema);
        root.put("$ref", "#/$defs/" + schema);
        root.set("$defs", definitions());
        Validator validator =
                new ValidatorFactory()
                        .withJsonNodeFactory(new JacksonNode.Factory())
                        .createValidator();
        return validator.validate(validator.registerSchema(root), message).getErrors().stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getError())
                .toList();
    }

    /** The schemas, closed to undeclared fields: readers must be tolerant, our own files not. */
    private JsonNode definitions() throws IOException {
        String text = schemas().toString().replace("#/components/schemas/", "#/$defs/");
        JsonNode definitions = json.readTree(text);
        definitions.forEach(
                schema -> {
                    if (schema.has("properties")) {
                        ((ObjectNode) schema).put("additionalProperties", false);
                    }
                });
        return definitions;
    }

    private static String name(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }
}
