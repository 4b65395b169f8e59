package io.tidemill.contract.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** Holds JSON text, one document or one a line, against a schema. */
final class JsonCheck {
    private final ContractSchemas schemas;
    private final ObjectMapper json =
            new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    JsonCheck(ContractSchemas schemas) {
        this.schemas = schemas;
    }

    List<String> document(String where, JsonNode schema, String text) {
        try {
            JsonNode value = json.readTree(text);
            return value.isMissingNode()
                    ? List.of(where + " is empty")
                    : value(where, schema, value);
        } catch (JsonProcessingException e) {
            return List.of(where + " is not JSON: " + e.getOriginalMessage());
        }
    }

    /** {@code application/x-ndjson}: every line is a document of its own; no line may be empty. */
    List<String> lines(JsonNode schema, String text) {
        List<String> breaches = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            breaches.addAll(document("line " + (i + 1), schema, lines.get(i)));
        }
        return breaches;
    }

    List<String> value(String where, JsonNode schema, JsonNode value) {
        return schemas.check(schema, value).stream().map(breach -> where + " " + breach).toList();
    }
}
