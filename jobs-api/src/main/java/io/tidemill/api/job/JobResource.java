package io.tidemill.api.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.dto.FileResult;
import io.tidemill.api.identity.Caller;
import io.tidemill.api.identity.Identity;
import io.tidemill.api.paging.PageSize;
import io.tidemill.api.problem.Problems;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /v1/jobs} and the synchronous form, as {@code openapi.yaml} has them. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
public class JobResource {
    /** One JSON object a line. */
    static final String NDJSON = "application/x-ndjson";

    private final Identity identity;
    private final SubmitService submissions;
    private final JobService jobs;
    private final ResultService results;
    private final WaitService waiting;

    public JobResource(
            Identity identity,
            SubmitService submissions,
            JobService jobs,
            ResultService results,
            WaitService waiting) {
        this.identity = identity;
        this.submissions = submissions;
        this.jobs = jobs;
        this.results = results;
        this.waiting = waiting;
    }

    @POST
    @Path("/jobs")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Response> submitJob(
            @Context HttpHeaders headers,
            @HeaderParam("Prefer") List<String> prefer,
            @Nullable JsonNode body) {
        Caller caller = identity.callerOf(headers);
        Preference wait = Preference.of(prefer);
        return submissions
                .submit(request(caller, headers), required(body), SubmitService.MOST_FILES)
                .chain(submitted -> waiting.answerSubmission(caller, submitted, wait));
    }

    @POST
    @Path("/processFiles")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Response> processFiles(
            @Context HttpHeaders headers,
            @HeaderParam("Prefer") List<String> prefer,
            @Nullable JsonNode body) {
        Caller caller = identity.callerOf(headers);
        Preference wait = Preference.of(prefer);
        return submissions
                .submit(
                        request(caller, headers),
                        required(body),
                        SubmitService.MOST_SYNCHRONOUS_FILES)
                .chain(submitted -> waiting.answerWithResults(caller, submitted, wait));
    }

    @GET
    @Path("/jobs")
    public Uni<Response> listJobs(
            @Context HttpHeaders headers,
            @QueryParam("state") @Nullable String state,
            @QueryParam("label") List<String> labels,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return jobs.list(identity.callerOf(headers), state, labels, PageSize.of(limit), cursor)
                .map(page -> Response.ok(page).build());
    }

    @GET
    @Path("/jobs/{jobId}")
    public Uni<Response> getJob(
            @Context HttpHeaders headers,
            @PathParam("jobId") String jobId,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            @HeaderParam("Prefer") List<String> prefer) {
        return waiting.answerRead(
                identity.callerOf(headers), jobId, ifNoneMatch, Preference.of(prefer));
    }

    @DELETE
    @Path("/jobs/{jobId}")
    public Uni<Response> deleteJob(@Context HttpHeaders headers, @PathParam("jobId") String jobId) {
        return jobs.delete(identity.callerOf(headers), jobId)
                .replaceWith(Response.noContent().build());
    }

    @GET
    @Path("/jobs/{jobId}/tasks")
    public Uni<Response> listTasks(
            @Context HttpHeaders headers,
            @PathParam("jobId") String jobId,
            @QueryParam("state") @Nullable String state,
            @QueryParam("file") @Nullable String file,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        TaskQuery query = TaskQuery.of(state, file, PageSize.of(limit), cursor);
        return results.tasks(identity.callerOf(headers), jobId, query)
                .map(page -> Response.ok(page).build());
    }

    @GET
    @Path("/jobs/{jobId}/results")
    public Uni<Response> listResults(
            @Context HttpHeaders headers,
            @PathParam("jobId") String jobId,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Caller caller = identity.callerOf(headers);
        if (headers.getAcceptableMediaTypes().stream()
                .noneMatch(MediaType.APPLICATION_JSON_TYPE::isCompatible)) {
            throw Problems.notAcceptable();
        }
        return results.page(caller, jobId, PageSize.of(limit), cursor)
                .map(page -> Response.ok(page).build());
    }

    /**
     * The same address for those who accept {@value #NDJSON}: everything, read and sent piece by
     * piece.
     */
    @GET
    @Path("/jobs/{jobId}/results")
    @Produces(NDJSON)
    public Multi<FileResult> streamResults(
            @Context HttpHeaders headers, @PathParam("jobId") String jobId) {
        return results.stream(identity.callerOf(headers), jobId);
    }

    private static SubmitService.Request request(Caller caller, HttpHeaders headers) {
        return new SubmitService.Request(
                caller,
                headers.getHeaderString("Idempotency-Key"),
                headers.getHeaderString("traceparent"));
    }

    private static JsonNode required(@Nullable JsonNode body) {
        if (body == null || body.isMissingNode()) {
            throw Problems.malformed("The body is empty. Send a job submission as JSON.");
        }
        return body;
    }
}
