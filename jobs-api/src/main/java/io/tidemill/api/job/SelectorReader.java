package io.tidemill.api.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.schema.BodyReader;
import io.tidemill.api.store.TaskSelector;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns the body of a wish into the tasks it is about, or says all that is wrong with it. */
@ApplicationScoped
class SelectorReader {
    private final BodyReader bodies;

    SelectorReader(BodyReader bodies) {
        this.bodies = bodies;
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
        io.tidemill.api.dto.TaskSelector selector =
                bodies.read(
                        body,
                        io.tidemill.api.dto.TaskSelector.class,
                        "Name tasks, files, steps or errorCodes.");
        return new TaskSelector(
                ids(selector.tasks()), selector.files(), selector.steps(), selector.errorCodes());
    }

    /** An id that is none matches no task, like one of another job. */
    private static @Nullable List<UUID> ids(@Nullable List<String> tasks) {
        return tasks == null
                ? null
                : tasks.stream().map(TypeId.TASK::parse).flatMap(Optional::stream).toList();
    }
}
