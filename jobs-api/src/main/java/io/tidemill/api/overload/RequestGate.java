package io.tidemill.api.overload;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.tidemill.api.config.ApiConfig;
import io.tidemill.api.overload.RequestLimits.Verdict;
import io.tidemill.api.problem.ProblemException;
import io.tidemill.api.problem.Problems;
import io.tidemill.api.problem.RetryAfter;
import io.tidemill.api.web.EarlyAnswers;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * Stands before everything else that looks at a request, and refuses it while nothing of its body
 * has been read. Health checks and whatever else lies under {@code /q/} pass freely, and so do
 * streams, which stay for long and have a bound of their own.
 */
@ApplicationScoped
class RequestGate {
    private static final int BEFORE_BODIES = -90;
    private static final String UNCOUNTED = "/q/";
    private static final String UPLOADS = "/v1/files";
    private static final Pattern STREAMS = Pattern.compile("/v1/(events|ws|jobs/[^/]+/events)");

    private final RequestLimits limits;
    private final EarlyAnswers answers;
    private final OverloadMeters meters;
    private final long maxBytes;

    RequestGate(ApiConfig config, EarlyAnswers answers, OverloadMeters meters) {
        ApiConfig.Overload most = config.overload();
        this.limits = new RequestLimits(most.requests(), most.uploads(), most.uploadBytes());
        this.answers = answers;
        this.meters = meters;
        this.maxBytes = config.upload().maxBytes();
        meters.watch(limits);
    }

    void register(@Observes Filters filters) {
        filters.register(this::pass, BEFORE_BODIES);
    }

    private void pass(RoutingContext request) {
        if (request.normalizedPath().startsWith(UNCOUNTED) || isStream(request)) {
            request.next();
        } else if (isUpload(request)) {
            long size = size(request.request());
            admit(request, limits.enterUpload(size), () -> limits.leaveUpload(size));
        } else {
            admit(request, limits.enter(), limits::leave);
        }
    }

    private void admit(RoutingContext request, Verdict verdict, Runnable leave) {
        if (verdict == Verdict.ACCEPTED) {
            AtomicBoolean left = new AtomicBoolean();
            request.addEndHandler(
                    _ -> {
                        if (left.compareAndSet(false, true)) {
                            leave.run();
                        }
                    });
            request.next();
        } else {
            meters.refused(verdict);
            answers.refuse(request, refusal(verdict));
        }
    }

    private static boolean isStream(RoutingContext request) {
        return request.request().method().equals(HttpMethod.GET)
                && STREAMS.matcher(request.normalizedPath()).matches();
    }

    private static boolean isUpload(RoutingContext request) {
        return request.request().method().equals(HttpMethod.POST)
                && request.normalizedPath().equals(UPLOADS);
    }

    /** Bytes an upload may have: as declared, or else as many as are allowed. */
    private long size(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return length != null && length.matches("\\d{1,18}")
                ? Math.min(Long.parseLong(length), maxBytes)
                : maxBytes;
    }

    private static ProblemException refusal(Verdict verdict) {
        return switch (verdict) {
            case REQUESTS_FULL, ACCEPTED ->
                    Problems.overloaded(
                            "Too many requests are being answered right now.", RetryAfter.REQUEST);
            case UPLOADS_FULL ->
                    Problems.overloaded(
                            "Too many uploads are being received right now.", RetryAfter.UPLOAD);
            case UPLOAD_BYTES_FULL ->
                    Problems.overloaded(
                            "Too many bytes are being uploaded right now. An upload that does not say its length"
                                    + " counts as the largest one allowed; Content-Length helps.",
                            RetryAfter.UPLOAD);
        };
    }
}
