package io.tidemill.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The description of the messages, of this release or of the previous one. */
record AsyncApi(JsonNode document) {
    private static final String ID = "urn:asyncapi";
    private static final ObjectMapper JSON = new ObjectMapper();

    static AsyncApi read(Path path) throws IOException {
        return new AsyncApi(new YAMLMapper().readTree(path.toFile()));
    }

    JsonNode schemas() {
        return document.at("/components/schemas");
    }

    /** What is wrong with a message, for a reader that ignores fields it does not know. */
    List<String> complaints(String schema, JsonNode message) throws IOException {
        return complaints(schema, message, definitions());
    }

    /** The same, where every field must be declared. */
    List<String> strictComplaints(String schema, JsonNode message) throws IOException {
        JsonNode closed = definitions();
        closed.forEach(
                definition -> {
                    if (definition.has("properties")) {
                        ((ObjectNode) definition).put("additionalProperties", false);
                    }
                });
        return complaints(schema, message, closed);
    }

    /** The values that {@code type} of an event may have. */
    List<String> eventTypes() {
        List<String> types = new ArrayList<>();
        schemas()
                .at("/TaskEvent/oneOf")
                .forEach(
                        option ->
                                types.add(
                                        document.at(option.path("$ref").asText().substring(1))
                                                .at("/properties/type/const")
                                                .asText()));
        return types;
    }

    private static List<String> complaints(String schema, JsonNode message, JsonNode definitions) {
        ObjectNode root = JSON.createObjectNode();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("$id", ID + ":" + schema);
        root.put("$ref", "#/$defs/" + schema);
        root.set("$defs", definitions);
        Validator validator =
                new ValidatorFactory()
                        .withJsonNodeFactory(new JacksonNode.Factory())
                        .createValidator();
        return validator.validate(validator.registerSchema(root), message).getErrors().stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getError())
                .toList();
    }

    private JsonNode definitions() throws IOException {
        return JSON.readTree(schemas().toString().replace("#/components/schemas/", "#/$defs/"));
    }
}
