package io.tidemill.api.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.dto.WebhookEndpoint;
import io.tidemill.api.identity.Identity;
import io.tidemill.api.paging.PageSize;
import io.tidemill.api.store.Answer;
import io.tidemill.api.store.StoredEndpoint;
import io.tidemill.api.web.EntityTags;
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
import org.jspecify.annotations.Nullable;

/** {@code /v1/webhook-endpoints} and what may be wanted of one, as {@code openapi.yaml} has it. */
@Path("/v1/webhook-endpoints")
@Produces(MediaType.APPLICATION_JSON)
public class WebhookEndpointResource {
    private final Identity identity;
    private final EndpointService endpoints;
    private final EntityTags tags;

    public WebhookEndpointResource(Identity identity, EndpointService endpoints, EntityTags tags) {
        this.identity = identity;
        this.endpoints = endpoints;
        this.tags = tags;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Response> createWebhookEndpoint(
            @Context HttpHeaders headers,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Nullable JsonNode body) {
        return endpoints
                .create(identity.callerOf(headers), key, body)
                .map(WebhookEndpointResource::created);
    }

    @GET
    public Uni<Response> listWebhookEndpoints(
            @Context HttpHeaders headers,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return endpoints
                .list(identity.callerOf(headers), PageSize.of(limit), cursor)
                .map(page -> Response.ok(page).build());
    }

    @GET
    @Path("/{endpointId}")
    public Uni<Response> getWebhookEndpoint(
            @Context HttpHeaders headers, @PathParam("endpointId") String endpointId) {
        return tagged(endpoints.get(identity.callerOf(headers), endpointId));
    }

    @DELETE
    @Path("/{endpointId}")
    public Uni<Response> deleteWebhookEndpoint(
            @Context HttpHeaders headers, @PathParam("endpointId") String endpointId) {
        return endpoints
                .delete(identity.callerOf(headers), endpointId)
                .replaceWith(Response.noContent().build());
    }

    @POST
    @Path("/{endpointId}/disable")
    public Uni<Response> disableWebhookEndpoint(
            @Context HttpHeaders headers, @PathParam("endpointId") String endpointId) {
        return tagged(endpoints.disable(identity.callerOf(headers), endpointId));
    }

    @POST
    @Path("/{endpointId}/enable")
    public Uni<Response> enableWebhookEndpoint(
            @Context HttpHeaders headers, @PathParam("endpointId") String endpointId) {
        return tagged(endpoints.enable(identity.callerOf(headers), endpointId));
    }

    @POST
    @Path("/{endpointId}/rotate-secret")
    public Uni<Response> rotateWebhookSecret(
            @Context HttpHeaders headers, @PathParam("endpointId") String endpointId) {
        return endpoints
                .rotate(identity.callerOf(headers), endpointId)
                .map(
                        endpoint ->
                                Response.ok(EndpointViews.withSecret(endpoint))
                                        .header(HttpHeaders.ETAG, etag(endpoint))
                                        .build());
    }

    private Uni<Response> tagged(Uni<StoredEndpoint> endpoint) {
        return endpoint.map(
                found -> {
                    WebhookEndpoint view = EndpointViews.endpoint(found);
                    return Response.ok(view).header(HttpHeaders.ETAG, etag(found)).build();
                });
    }

    private String etag(StoredEndpoint endpoint) {
        return tags.tag(EndpointViews.endpoint(endpoint)).etag();
    }

    private static Response created(Answer answer) {
        return Response.status(answer.status())
                .entity(answer.body())
                .header(HttpHeaders.LOCATION, answer.location())
                .header(HttpHeaders.ETAG, answer.etag())
                .build();
    }
}
