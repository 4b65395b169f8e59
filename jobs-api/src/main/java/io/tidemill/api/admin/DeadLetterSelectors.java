package io.tidemill.api.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemill.api.dto.DeadLetterKind;
import io.tidemill.api.dto.DeadLetterSelector;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.problem.Problems;
import io.tidemill.api.schema.BodyReader;
import io.tidemill.api.store.DeadLetterStore.Filter;
import io.tidemill.api.web.QueryChoice;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what was asked for into a filter, or says what is wrong with it. */
@ApplicationScoped
class DeadLetterSelectors {
    private final BodyReader bodies;

    DeadLetterSelectors(BodyReader bodies) {
        this.bodies = bodies;
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
        DeadLetterSelector selector =
                bodies.read(
                        body,
                        DeadLetterSelector.class,
                        "Name the dead letters by ids, kind, owner, operation or code.");
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
}
