package io.tidemill.api.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.dto.WebhookDelivery;
import io.tidemill.api.identity.Identity;
import io.tidemill.api.paging.PageSize;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
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

/** The deliveries of an endpoint, as {@code openapi.yaml} has them. */
@Path("/v1/webhook-endpoints/{endpointId}")
@Produces(MediaType.APPLICATION_JSON)
public class WebhookDeliveryResource {
    private static final int ACCEPTED = 202;

    private final Identity identity;
    private final DeliveryService deliveries;

    public WebhookDeliveryResource(Identity identity, DeliveryService deliveries) {
        this.identity = identity;
        this.deliveries = deliveries;
    }

    @GET
    @Path("/deliveries")
    public Uni<Response> listWebhookDeliveries(
            @Context HttpHeaders headers,
            @PathParam("endpointId") String endpointId,
            @QueryParam("state") @Nullable String state,
            @QueryParam("eventType") @Nullable String eventType,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        DeliveryQuery query = DeliveryQuery.of(state, eventType, PageSize.of(limit), cursor);
        return deliveries
                .list(identity.callerOf(headers), endpointId, query)
                .map(page -> Response.ok(page).build());
    }

    @GET
    @Path("/deliveries/{deliveryId}")
    public Uni<Response> getWebhookDelivery(
            @Context HttpHeaders headers,
            @PathParam("endpointId") String endpointId,
            @PathParam("deliveryId") String deliveryId) {
        return deliveries
                .get(identity.callerOf(headers), endpointId, deliveryId)
                .map(delivery -> Response.ok(DeliveryViews.delivery(delivery)).build());
    }

    @POST
    @Path("/test")
    public Uni<Response> testWebhookEndpoint(
            @Context HttpHeaders headers, @PathParam("endpointId") String endpointId) {
        return deliveries
                .test(identity.callerOf(headers), endpointId)
                .map(DeliveryViews::delivery)
                .map(
                        delivery ->
                                Response.status(ACCEPTED)
                                        .entity(delivery)
                                        .header(HttpHeaders.LOCATION, location(delivery))
                                        .build());
    }

    @POST
    @Path("/redeliver")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Response> redeliverWebhooks(
            @Context HttpHeaders headers,
            @PathParam("endpointId") String endpointId,
            @Nullable JsonNode body) {
        return deliveries
                .redeliver(identity.callerOf(headers), endpointId, body)
                .map(redelivered -> Response.status(ACCEPTED).entity(redelivered).build());
    }

    private static String location(WebhookDelivery delivery) {
        return EndpointViews.PATH + delivery.endpointId() + "/deliveries/" + delivery.id();
    }
}
