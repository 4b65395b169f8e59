package io.tidemill.api.web;

import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.tidemill.api.problem.Problems;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Bounds the bodies that are read whole, which is all but uploads, before anything reads them. */
@ApplicationScoped
public class BodyLimit {
    /** Bytes; 10 000 file ids and a full pipeline need less than one MiB. */
    static final long MOST_BYTES = 4L * 1024 * 1024;

    private static final int AFTER_QUARKUS = -100;
    private final EarlyAnswers answers;

    BodyLimit(EarlyAnswers answers) {
        this.answers = answers;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, AFTER_QUARKUS);
    }

    private void check(RoutingContext request) {
        if (request.normalizedPath().equals("/v1/files")) {
            request.next();
        } else if (declaredLength(request) > MOST_BYTES) {
            answers.refuse(request, Problems.tooLarge(MOST_BYTES));
        } else if (request.request().getHeader("Transfer-Encoding") != null) {
            ChunkedBody.read(
                    request,
                    MOST_BYTES,
                    () -> answers.refuse(request, Problems.tooLarge(MOST_BYTES)));
        } else {
            request.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, MOST_BYTES);
            request.next();
        }
    }

    /** 0 when the length is not declared. */
    private static long declaredLength(RoutingContext request) {
        String length = request.request().getHeader("Content-Length");
        return length != null && length.matches("\\d{1,18}") ? Long.parseLong(length) : 0;
    }
}
