package io.tidemill.api.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.identity.Identity;
import io.tidemill.api.lifecycle.JobWish;
import io.tidemill.api.web.EntityTags.Tagged;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * What may be wanted of a job: cancel, pause, resume, retry, another priority or other labels, as
 * {@code openapi.yaml} has them.
 */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class WishResource {
    private final Identity identity;
    private final WishService wishes;
    private final EditService edits;

    public WishResource(Identity identity, WishService wishes, EditService edits) {
        this.identity = identity;
        this.wishes = wishes;
        this.edits = edits;
    }

    @PATCH
    @Path("/jobs/{jobId}")
    public Uni<Response> changeJob(
            @Context HttpHeaders headers,
            @PathParam("jobId") String jobId,
            @Nullable JsonNode changes) {
        return answer(edits.edit(identity.callerOf(headers), jobId, changes));
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
        return answer(wishes.wish(identity.callerOf(headers), jobId, wish, selector));
    }

    private static Uni<Response> answer(Uni<Tagged> job) {
        return job.map(
                tagged ->
                        Response.ok(tagged.body()).header(HttpHeaders.ETAG, tagged.etag()).build());
    }
}
