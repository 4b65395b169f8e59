package io.tidemill.api.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemill.api.problem.ProblemException;
import io.tidemill.api.problem.ProblemResponses;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Refuses requests before a resource sees them, and before their bodies are read. */
@ApplicationScoped
public class EarlyAnswers {
    private final ObjectMapper json;

    EarlyAnswers(ObjectMapper json) {
        this.json = json;
    }

    /** The rest of the body is not read, so the connection cannot be used again. */
    public void refuse(RoutingContext request, ProblemException problem) {
        HttpServerResponse response =
                request.response()
                        .setStatusCode(problem.status())
                        .putHeader("Content-Type", ProblemResponses.MEDIA_TYPE);
        problem.headers().forEach(response::putHeader);
        if (hasBody(request)) {
            response.putHeader("Connection", "close");
        }
        response.end(body(problem));
    }

    private static boolean hasBody(RoutingContext request) {
        String length = request.request().getHeader("Content-Length");
        return request.request().getHeader("Transfer-Encoding") != null
                || (length != null && !length.equals("0"));
    }

    private String body(ProblemException problem) {
        try {
            return json.writeValueAsString(problem.toProblem(null, null));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be written as JSON", e);
        }
    }
}
