package io.tidemill.api.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemill.api.dto.FieldError;
import io.tidemill.api.dto.WebhookRedelivery;
import io.tidemill.api.problem.Problems;
import io.tidemill.api.schema.JsonSchemas;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a body into what is to be delivered again, or says what is wrong with it. */
@ApplicationScoped
class RedeliveryReader {
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9000-01-01T00:00:00Z");

    private final ObjectMapper json;
    private final JsonSchemas schemas;

    RedeliveryReader(ObjectMapper json, JsonSchemas schemas) {
        this.json = json;
        this.schemas = schemas;
    }

    /**
     * Reads a request.
     *
     * @throws io.tidemill.api.problem.ProblemException 422 with a pointer for each error
     */
    WebhookRedelivery read(@Nullable JsonNode body) {
        if (body == null || body.isMissingNode()) {
            throw Problems.malformed("The body is empty. Name deliveryId or failedSince.");
        }
        List<FieldError> errors = schemas.checkBody("WebhookRedelivery", body);
        if (!errors.isEmpty()) {
            throw Problems.invalid(errors);
        }
        WebhookRedelivery wanted = bound(body);
        Instant since = wanted.failedSince();
        if (since != null && (since.isBefore(FIRST) || since.isAfter(LAST))) {
            throw notATime("lies too far from now");
        }
        return wanted;
    }

    private WebhookRedelivery bound(JsonNode body) {
        try {
            return json.treeToValue(body, WebhookRedelivery.class);
        } catch (JsonMappingException _) {
            // The schema has checked everything but whether a time is one.
            throw notATime("is not a date and time such as 2026-01-05T10:15:31Z (RFC 3339)");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "the schema WebhookRedelivery let through what the record does not take", e);
        }
    }

    private static RuntimeException notATime(String why) {
        return Problems.invalid(List.of(new FieldError("/failedSince", why)));
    }
}
