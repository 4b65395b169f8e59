package io.tidemill.api.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemill.api.dto.FieldError;
import io.tidemill.api.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a body into the record of the same name as its schema, or says what is wrong with it. */
@ApplicationScoped
public class BodyReader {
    private final ObjectMapper json;
    private final JsonSchemas schemas;

    BodyReader(ObjectMapper json, JsonSchemas schemas) {
        this.json = json;
        this.schemas = schemas;
    }

    /**
     * Reads a body that must be there.
     *
     * @param type a record that holds whatever its schema lets through
     * @param send what to send, for those who sent nothing
     * @throws io.tidemill.api.problem.ProblemException 400 when it is empty, 422 with a pointer for
     *     each error
     */
    public <T> T read(@Nullable JsonNode body, Class<T> type, String send) {
        if (body == null || body.isMissingNode()) {
            throw Problems.malformed("The body is empty. " + send);
        }
        List<FieldError> errors = schemas.checkBody(type.getSimpleName(), body);
        if (!errors.isEmpty()) {
            throw Problems.invalid(errors);
        }
        try {
            return json.treeToValue(body, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "schema " + type.getSimpleName() + " let through what the record does not take",
                    e);
        }
    }
}
