package io.tidemill.api.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemill.api.dto.FieldError;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.problem.Problems;
import io.tidemill.api.schema.JsonSchemas;
import io.tidemill.api.store.TaskSelector;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns the body of a wish into the tasks it is about, or says all that is wrong with it. */
@ApplicationScoped
class SelectorReader {
    private final ObjectMapper json;
    private final JsonSchemas schemas;

    SelectorReader(ObjectMapper json, JsonSchemas schemas) {
        this.json = json;
        this.schemas = schemas;
    }

    /**
     * The tasks; all of them when nothing was sent.
     *
     * @throws io.tidemill.api.problem.ProblemException 422 with a pointer for each error
     */
    TaskSelector selector(@Nullable JsonNode body) {
        if (body == null || body.isMissingNode()) {
            return TaskSelector.ALL;
        }
        List<FieldError> errors = schemas.checkBody("TaskSelector", body);
        if (!errors.isEmpty()) {
            throw Problems.invalid(errors);
        }
        io.tidemill.api.dto.TaskSelector selector = bound(body);
        return new TaskSelector(
                ids(selector.tasks()), selector.files(), selector.steps(), selector.errorCodes());
    }

    /** An id that is none matches no task, like one of another job. */
    private static @Nullable List<UUID> ids(@Nullable List<String> tasks) {
        return tasks == null
                ? null
                : tasks.stream().map(TypeId.TASK::parse).flatMap(Optional::stream).toList();
    }

    private io.tidemill.api.dto.TaskSelector bound(JsonNode body) {
        try {
            return json.treeToValue(body, io.tidemill.api.dto.TaskSelector.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "the schema TaskSelector let through what the record does not take", e);
        }
    }
}
