package io.tidemill.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import io.tidemill.api.dto.FieldError;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Holds every JSON Schema (draft 2020-12) the API checks bodies against: the component schemas of
 * {@code openapi.yaml} and the parameter schemas of the operations. What the contract says is
 * therefore what is enforced.
 */
@ApplicationScoped
public class JsonSchemas {
    private static final String CONTRACT = "urn:tidemill:contract";
    private static final String OPERATION = "urn:tidemill:operation:";
    private static final int MAX_ERRORS = 100;

    private final Validator validator =
            new ValidatorFactory().withJsonNodeFactory(new JacksonNode.Factory()).createValidator();
    private final ObjectMapper json;

    public JsonSchemas(ObjectMapper json) {
        this.json = json;
        validator.registerSchema(URI.create(CONTRACT), contractSchemas());
    }

    /** Makes an operation's parameter schema known. */
    public void register(String operation, Map<String, Object> schema) {
        validator.registerSchema(
                URI.create(OPERATION + operation), json.<JsonNode>valueToTree(schema));
    }

    /**
     * What is wrong with a request body, by the component schema of that name; at most 100 errors.
     */
    public List<FieldError> checkBody(String schema, JsonNode body) {
        return check(URI.create(CONTRACT + "#/$defs/" + schema), body, "");
    }

    /**
     * What is wrong with an operation's parameters; {@code pointer} is where in the request they
     * stand.
     */
    public List<FieldError> checkParameters(String operation, JsonNode parameters, String pointer) {
        return check(URI.create(OPERATION + operation), parameters, pointer);
    }

    private List<FieldError> check(URI schema, JsonNode value, String pointer) {
        if (Numbers.anyTooLarge(value)) {
            return List.of(new FieldError(pointer, "holds a number too large for a double"));
        }
        Validator.Result result = validator.validate(schema, value);
        if (result.isValid()) {
            return List.of();
        }
        return result.getErrors().stream()
                .filter(error -> !isSummary(error, result))
                .map(
                        error ->
                                new FieldError(
                                        pointer + error.getInstanceLocation(),
                                        SchemaWords.of(error)))
                .distinct()
                .limit(MAX_ERRORS)
                .toList();
    }

    /** A keyword such as {@code $ref} that only repeats that something below it failed. */
    private static boolean isSummary(Error error, Validator.Result result) {
        return error.getKeyword() != null
                && error.getKeyword().startsWith("$")
                && result.getErrors().size() > 1;
    }

    private static JsonNode contractSchemas() {
        try (InputStream contract =
                Objects.requireNonNull(
                        JsonSchemas.class.getResourceAsStream("/META-INF/openapi.yaml"),
                        "openapi.yaml is not on the class path")) {
            ObjectNode schemas = JsonNodeFactory.instance.objectNode();
            schemas.set(
                    "$defs",
                    withLocalRefs(new YAMLMapper().readTree(contract).at("/components/schemas")));
            return schemas;
        } catch (IOException e) {
            throw new UncheckedIOException("openapi.yaml cannot be read", e);
        }
    }

    private static JsonNode withLocalRefs(JsonNode schemas) throws IOException {
        return new ObjectMapper()
                .readTree(schemas.toString().replace("#/components/schemas/", "#/$defs/"));
    }
}
