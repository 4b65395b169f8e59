package io.tidemill.api.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.identity.Identity;
import io.tidemill.api.lifecycle.JobWish;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** What may be wanted of a job: cancel, pause, resume, retry, as {@code openapi.yaml} has them. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class WishResource {
    private final Identity identity;
    private final WishService wishes;

    public WishResource(Identity identity, WishService wishes) {
        this.identity = identity;
        this.wishes = wishes;
    }

    @POST
    @Path("/jobs/{jobId}/cancel")
    public Uni<Response> cancelJob(
            @Context HttpHeaders headers,
            @PathParam("jobId") String jobId,
            @Nullable JsonNode selector) {
        return wish(headers, jobId, JobWish.CANCEL, selector);
    }

    @POST
    @Path("/jobs/{jobId}/pause")
    public Uni<Response> pauseJob(
            @Context HttpHeaders headers,
            @PathParam("jobId") String jobId,
            @Nullable JsonNode selector) {
        return wish(headers, jobId, JobWish.PAUSE, selector);
    }

    @POST
    @Path("/jobs/{jobId}/resume")
    public Uni<Response> resumeJob(
            @Context HttpHeaders headers,
            @PathParam("jobId") String jobId,
            @Nullable JsonNode selector) {
        return wish(headers, jobId, JobWish.RESUME, selector);
    }

    @POST
    @Path("/jobs/{jobId}/retry")
    public Uni<Response> retryJob(
            @Context HttpHeaders headers,
            @PathParam("jobId") String jobId,
            @Nullable JsonNode selector) {
        return wish(headers, jobId, JobWish.RETRY, selector);
    }

    private Uni<Response> wish(
            HttpHeaders headers, String jobId, JobWish wish, @Nullable JsonNode selector) {
        return wishes.wish(identity.callerOf(headers), jobId, wish, selector)
                .map(
                        tagged ->
                                Response.ok(tagged.body())
                                        .header(HttpHeaders.ETAG, tagged.etag())
                                        .build());
    }
}
