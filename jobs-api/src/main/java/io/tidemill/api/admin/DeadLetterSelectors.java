package io.tidemill.api.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemill.api.dto.DeadLetterKind;
import io.tidemill.api.dto.DeadLetterSelector;
import io.tidemill.api.dto.FieldError;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.problem.Problems;
import io.tidemill.api.schema.JsonSchemas;
import io.tidemill.api.store.DeadLetterStore.Filter;
import io.tidemill.api.web.QueryChoice;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what was asked for into a filter, or says what is wrong with it. */
@ApplicationScoped
class DeadLetterSelectors {
    private final ObjectMapper json;
    private final JsonSchemas schemas;

    DeadLetterSelectors(ObjectMapper json, JsonSchemas schemas) {
        this.json = json;
        this.schemas = schemas;
    }

    /**
     * From query parameters.
     *
     * @throws io.tidemill.api.problem.ProblemException 400 when there is no such kind, or a value
     *     can be none
     */
    static Filter filter(
            @Nullable String kind,
            @Nullable String owner,
            @Nullable String operation,
            @Nullable String code) {
        DeadLetterKind known = QueryChoice.of("kind", kind, DeadLetterKind.values());
        for (Optional<String> value :
                List.of(
                        Optional.ofNullable(owner),
                        Optional.ofNullable(operation),
                        Optional.ofNullable(code))) {
            if (value.orElse("").chars().anyMatch(Character::isISOControl)) {
                throw Problems.malformed("A query parameter holds a control character.");
            }
        }
        return new Filter(null, known == null ? null : known.name(), owner, operation, code);
    }

    /**
     * From a body.
     *
     * @throws io.tidemill.api.problem.ProblemException 422 with a pointer for each error
     */
    Filter filter(@Nullable JsonNode body) {
        if (body == null || body.isMissingNode()) {
            throw Problems.malformed(
                    "The body is empty. Name the dead letters by ids, kind, owner, operation or code.");
        }
        List<FieldError> errors = schemas.checkBody("DeadLetterSelector", body);
        if (!errors.isEmpty()) {
            throw Problems.invalid(errors);
        }
        DeadLetterSelector selector = bound(body);
        return new Filter(
                selector.ids() == null
                        ? null
                        : selector.ids().stream()
                                .map(TypeId.DEAD_LETTER::parse)
                                .flatMap(Optional::stream)
                                .toList(),
                selector.kind() == null ? null : selector.kind().name(),
                selector.owner(),
                selector.operation(),
                selector.code());
    }

    private DeadLetterSelector bound(JsonNode body) {
        try {
            return json.treeToValue(body, DeadLetterSelector.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "the schema DeadLetterSelector let through what the record does not take", e);
        }
    }
}
