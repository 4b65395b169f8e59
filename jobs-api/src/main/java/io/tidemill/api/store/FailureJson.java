package io.tidemill.api.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemill.contract.Failure;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Failures as they stand in the columns {@code task.error} and {@code attempt.error}. */
@ApplicationScoped
class FailureJson {
    private final ObjectMapper json;

    FailureJson(ObjectMapper json) {
        this.json = json;
    }

    @Nullable String write(@Nullable Failure failure) {
        return failure == null ? null : text(failure);
    }

    /** Any JSON value as text. */
    String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be written as JSON", e);
        }
    }
}
