package io.tidemill.contract.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.harrel.jsonschema.Dialects;
import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The contract's schemas as JSON Schema, closed: clients must tolerate a field they do not know,
 * but a server that sends one has drifted from its contract.
 */
final class ContractSchemas {
    private static final String BASE = "urn:tidemill:contract";
    private static final String OLD_REF = "#/components/schemas/";
    private static final Set<String> COMPOSITION = Set.of("allOf", "anyOf", "oneOf", "$ref");

    /** Keywords that only pass on what a keyword below them found. */
    private static final Set<String> PASSING_ON =
            Set.of("$ref", "properties", "items", "allOf", "additionalProperties");

    private final Validator validator =
            new ValidatorFactory()
                    .withDefaultDialect(new Dialects.Draft2020Dialect())
                    .withEvaluatorFactory(new ContractFormats())
                    .createValidator();
    private final Map<JsonNode, URI> registered = new HashMap<>();

    ContractSchemas(JsonNode componentSchemas) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.set("$defs", closed(componentSchemas));
        validator.registerSchema(URI.create(BASE), document);
    }

    /** What is wrong with the value, each as {@code /pointer: text}; empty when it is valid. */
    synchronized List<String> check(JsonNode schema, JsonNode value) {
        URI uri = registered.computeIfAbsent(schema, this::register);
        return validator.validate(uri, value).getErrors().stream()
                .filter(ContractSchemas::saysSomething)
                .map(error -> error.getInstanceLocation() + ": " + text(error))
                .distinct()
                .toList();
    }

    private URI register(JsonNode schema) {
        URI uri = URI.create(BASE + ":" + registered.size());
        validator.registerSchema(uri, closed(schema));
        return uri;
    }

    private static boolean saysSomething(Error error) {
        return isClosing(error) || !PASSING_ON.contains(error.getKeyword());
    }

    /** A schema that is just {@code false} has no keyword. */
    private static boolean isClosing(Error error) {
        return error.getKeyword() == null;
    }

    private static String text(Error error) {
        return isClosing(error) ? "not in the contract" : error.getError();
    }

    private static JsonNode closed(JsonNode node) {
        if (node.isArray()) {
            var copy = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> copy.add(closed(item)));
            return copy;
        }
        return node.isObject() ? closedObject((ObjectNode) node) : node;
    }

    private static ObjectNode closedObject(ObjectNode node) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        node.forEachEntry((name, child) -> copy.set(name, child(name, child)));
        if (isPlainObjectSchema(node)) {
            copy.put("additionalProperties", false);
        }
        return copy;
    }

    private static JsonNode child(String name, JsonNode child) {
        boolean reference = name.equals("$ref") && child.isTextual();
        return reference
                ? TextNode.valueOf(child.textValue().replace(OLD_REF, BASE + "#/$defs/"))
                : closed(child);
    }

    private static boolean isPlainObjectSchema(ObjectNode node) {
        return node.path("type").asText("").equals("object")
                && node.path("properties").isObject()
                && !node.has("additionalProperties")
                && COMPOSITION.stream().noneMatch(node::has);
    }
}
