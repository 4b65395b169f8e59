package io.tidemill.api.problem;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/**
 * Turns every exception that leaves a resource into problem+json. Unexpected ones are logged in
 * full and answered without detail.
 */
public class ProblemResponses {
    /** RFC 9457. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final Logger LOG = Logger.getLogger(ProblemResponses.class);
    private static final int SERVER_ERROR = 500;

    @ServerExceptionMapper
    public Response ours(ProblemException problem, UriInfo uri) {
        return response(problem, uri);
    }

    @ServerExceptionMapper
    public Response notJson(JsonProcessingException e, UriInfo uri) {
        JsonLocation where = e.getLocation();
        String place =
                where == null
                        ? ""
                        : " at line " + where.getLineNr() + ", column " + where.getColumnNr();
        return response(
                Problems.malformed("The body is not JSON" + place + ". Mend it and send it again."),
                uri);
    }

    /** Named apart, because the framework has an answer of its own for these, without a body. */
    @ServerExceptionMapper
    public Response moreThanJson(MismatchedInputException e, UriInfo uri) {
        return notJson(e, uri);
    }

    @ServerExceptionMapper
    public Response notText(CharConversionException e, UriInfo uri) {
        return response(
                Problems.malformed("The body is not JSON in UTF-8. Mend it and send it again."),
                uri);
    }

    @ServerExceptionMapper
    public Response framework(WebApplicationException e, UriInfo uri) {
        if (e.getCause() instanceof JsonProcessingException json) {
            return notJson(json, uri);
        }
        int status = e.getResponse().getStatus();
        if (status >= SERVER_ERROR) {
            return unexpected(e, uri);
        }
        return response(Problems.ofStatus(status, words(status)), uri);
    }

    @ServerExceptionMapper
    public Response unexpected(Throwable failure, UriInfo uri) {
        if (Outage.isDatabase(failure)) {
            LOG.warnf("The database does not answer: %s", failure.getMessage());
            return response(Problems.unavailable("The database"), uri);
        }
        if (failure instanceof IOException) {
            LOG.warnf(
                    "The storage does not answer, or the caller has gone: %s",
                    failure.getMessage());
            return response(Problems.unavailable("The storage"), uri);
        }
        String reference = UUID.randomUUID().toString();
        LOG.errorf(failure, "Unexpected failure %s at %s", reference, uri.getPath());
        return response(
                Problems.ofStatus(
                        SERVER_ERROR,
                        "Something went wrong here; it is not your fault. Try again, and if it stays, name "
                                + reference
                                + "."),
                uri);
    }

    private static String words(int status) {
        return switch (status) {
            case 400 ->
                    "The request cannot be understood. Compare it with the contract at /q/openapi.";
            case 404 ->
                    "There is nothing at this address. The contract at /q/openapi lists what there is.";
            case 405 ->
                    "This address does not take that method. The contract at /q/openapi lists those it takes.";
            case 406 -> "None of the media types in Accept can be given here.";
            case 413 -> "The body is larger than is allowed here. Send less.";
            case 415 ->
                    "The media type of the body is not taken here. The contract at /q/openapi says which are.";
            default -> "The request was refused.";
        };
    }

    private static Response response(ProblemException problem, UriInfo uri) {
        Response.ResponseBuilder response =
                Response.status(problem.status())
                        .type(MEDIA_TYPE)
                        .entity(problem.toProblem(uri.getRequestUri().getRawPath(), traceId()));
        problem.headers().forEach(response::header);
        return response.build();
    }

    private static @Nullable String traceId() {
        SpanContext span = Span.current().getSpanContext();
        return span.isValid() ? span.getTraceId() : null;
    }
}
