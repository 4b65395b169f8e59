package io.tidemill.api.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.identity.Identity;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** What of a job can be changed, as {@code openapi.yaml} has it. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class EditResource {
    private final Identity identity;
    private final EditService edits;

    public EditResource(Identity identity, EditService edits) {
        this.identity = identity;
        this.edits = edits;
    }

    @PATCH
    @Path("/jobs/{jobId}")
    public Uni<Response> changeJob(
            @Context HttpHeaders headers,
            @PathParam("jobId") String jobId,
            @Nullable JsonNode body) {
        return edits.edit(identity.callerOf(headers), jobId, body)
                .map(
                        tagged ->
                                Response.ok(tagged.body())
                                        .header(HttpHeaders.ETAG, tagged.etag())
                                        .build());
    }
}
