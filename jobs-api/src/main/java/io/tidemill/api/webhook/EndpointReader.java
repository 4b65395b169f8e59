package io.tidemill.api.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemill.api.config.ApiConfig;
import io.tidemill.api.delivery.TargetUrl;
import io.tidemill.api.delivery.UrlRules;
import io.tidemill.api.dto.FieldError;
import io.tidemill.api.dto.WebhookEndpointKind;
import io.tidemill.api.dto.WebhookEndpointSubmission;
import io.tidemill.api.problem.Problems;
import io.tidemill.api.schema.JsonSchemas;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns a body into an endpoint to be created, or says all that is wrong with it. */
@ApplicationScoped
class EndpointReader {
    private final ObjectMapper json;
    private final JsonSchemas schemas;
    private final UrlRules rules;
    private final boolean mail;

    EndpointReader(ObjectMapper json, JsonSchemas schemas, ApiConfig config) {
        this.json = json;
        this.schemas = schemas;
        this.rules = new UrlRules(config.webhook().local(), config.webhook().ports());
        this.mail = config.mail().host().isPresent() && config.mail().from().isPresent();
    }

    /**
     * Reads a submission.
     *
     * @throws io.tidemill.api.problem.ProblemException 422 with a pointer for each error
     */
    WebhookEndpointSubmission read(@Nullable JsonNode body) {
        if (body == null || body.isMissingNode()) {
            throw Problems.malformed("The body is empty. Send a webhook endpoint as JSON.");
        }
        refuse(schemas.checkBody("WebhookEndpointSubmission", body));
        WebhookEndpointSubmission submission = bound(body);
        refuse(
                kind(submission) == WebhookEndpointKind.MAIL
                        ? mailErrors(submission)
                        : urlErrors(submission));
        return submission;
    }

    static WebhookEndpointKind kind(WebhookEndpointSubmission submission) {
        return Objects.requireNonNullElse(submission.kind(), WebhookEndpointKind.WEBHOOK);
    }

    private List<FieldError> urlErrors(WebhookEndpointSubmission submission) {
        if (submission.recipients() != null) {
            return error("/recipients", "is for endpoints of kind MAIL; leave it out");
        }
        if (submission.url() == null) {
            return error("/url", "is missing; say where to post to");
        }
        return TargetUrl.read(submission.url(), rules)
                        instanceof TargetUrl.Reading.Refused(String reason)
                ? error("/url", reason)
                : List.of();
    }

    private List<FieldError> mailErrors(WebhookEndpointSubmission submission) {
        if (submission.url() != null) {
            return error("/url", "is for endpoints of kind WEBHOOK; leave it out");
        }
        if (submission.recipients() == null) {
            return error("/recipients", "is missing; say whom to write to");
        }
        return mail
                ? List.of()
                : error(
                        "/kind",
                        "MAIL is not possible here, because there is no mail server; the operator sets tidemill.mail.host and tidemill.mail.from");
    }

    private static List<FieldError> error(String pointer, String detail) {
        return List.of(new FieldError(pointer, detail));
    }

    private static void refuse(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw Problems.invalid(errors);
        }
    }

    private WebhookEndpointSubmission bound(JsonNode body) {
        try {
            return json.treeToValue(body, WebhookEndpointSubmission.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "the schema WebhookEndpointSubmission let through what the record does not take",
                    e);
        }
    }
}
