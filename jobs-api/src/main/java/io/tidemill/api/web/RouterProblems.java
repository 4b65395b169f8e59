package io.tidemill.api.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemill.api.problem.ProblemException;
import io.tidemill.api.problem.ProblemResponses;
import io.tidemill.api.problem.Problems;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Answers in problem+json where no resource is reached: addresses that are no addresses, bodies
 * refused before they are read.
 */
@ApplicationScoped
public class RouterProblems {
    private static final int BAD_REQUEST = 400;
    private final ObjectMapper json;

    RouterProblems(ObjectMapper json) {
        this.json = json;
    }

    void register(@Observes Router router) {
        router.errorHandler(
                BAD_REQUEST,
                request ->
                        answer(
                                request,
                                Problems.malformed(
                                        "The address cannot be understood. Percent-encode what needs it.")));
    }

    /** Ends a request with a problem. */
    void answer(RoutingContext request, ProblemException problem) {
        request.response()
                .setStatusCode(problem.status())
                .putHeader("Content-Type", ProblemResponses.MEDIA_TYPE)
                .putHeader("Connection", "close")
                .end(body(problem));
    }

    private String body(ProblemException problem) {
        try {
            return json.writeValueAsString(problem.toProblem(null, null));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be written as JSON", e);
        }
    }
}
