package io.tidemill.api.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemill.api.problem.ProblemException;
import io.tidemill.api.problem.ProblemResponses;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Refuses requests before a resource sees them, and before their bodies are read. */
@ApplicationScoped
public class EarlyAnswers {
    private static final long LINGER_MILLIS = 2_000;

    private final ObjectMapper json;

    EarlyAnswers(ObjectMapper json) {
        this.json = json;
    }

    /** Answers; the connection of a request whose body was not read cannot be used again. */
    public void refuse(RoutingContext request, ProblemException problem) {
        HttpServerResponse response =
                request.response()
                        .setStatusCode(problem.status())
                        .putHeader("Content-Type", ProblemResponses.MEDIA_TYPE);
        problem.headers().forEach(response::putHeader);
        if (hasBody(request)) {
            response.putHeader("Connection", "close");
            hangUpSoon(request);
        }
        response.end(body(problem));
    }

    /**
     * Lets a client that is still sending come to reading: hanging up at once would throw away the
     * answer with the rest of the body. What it sends meanwhile is dropped.
     */
    private static void hangUpSoon(RoutingContext request) {
        HttpServerRequest sending = request.request();
        if (sending.version() == HttpVersion.HTTP_2) {
            sending.resume();
            return;
        }
        long timer = request.vertx().setTimer(LINGER_MILLIS, _ -> sending.connection().close());
        sending.handler(_ -> {})
                .endHandler(
                        _ -> {
                            request.vertx().cancelTimer(timer);
                            sending.connection().close();
                        })
                .resume();
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
