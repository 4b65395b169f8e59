package io.tidemill.api.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.dto.Limit;
import io.tidemill.api.dto.LimitList;
import io.tidemill.api.dto.RateLimit;
import io.tidemill.api.dto.RateLimitList;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** {@code /v1/admin/limits} and {@code /v1/admin/rate-limits}, as {@code openapi.yaml} has them. */
@Path("/v1/admin")
@Produces(MediaType.APPLICATION_JSON)
public class LimitResource {
    private final Operators operators;
    private final LimitService limits;

    public LimitResource(Operators operators, LimitService limits) {
        this.operators = operators;
        this.limits = limits;
    }

    @GET
    @Path("/limits")
    public Uni<LimitList> listLimits(@Context HttpHeaders headers) {
        operators.require(headers);
        return limits.limits();
    }

    @PUT
    @Path("/limits/{scope}/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Limit> setLimit(
            @Context HttpHeaders headers,
            @PathParam("scope") String scope,
            @PathParam("name") String name,
            @Nullable JsonNode setting) {
        operators.require(headers);
        return limits.set(scope, name, setting);
    }

    @DELETE
    @Path("/limits/{scope}/{name}")
    public Uni<Void> removeLimit(
            @Context HttpHeaders headers,
            @PathParam("scope") String scope,
            @PathParam("name") String name) {
        operators.require(headers);
        return limits.remove(scope, name);
    }

    @GET
    @Path("/rate-limits")
    public Uni<RateLimitList> listRateLimits(@Context HttpHeaders headers) {
        operators.require(headers);
        return limits.rates();
    }

    @PUT
    @Path("/rate-limits/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<RateLimit> setRateLimit(
            @Context HttpHeaders headers,
            @PathParam("name") String name,
            @Nullable JsonNode setting) {
        operators.require(headers);
        return limits.setRate(name, setting);
    }

    @DELETE
    @Path("/rate-limits/{name}")
    public Uni<Void> removeRateLimit(@Context HttpHeaders headers, @PathParam("name") String name) {
        operators.require(headers);
        return limits.removeRate(name);
    }
}
