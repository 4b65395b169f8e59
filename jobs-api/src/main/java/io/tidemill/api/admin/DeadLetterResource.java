package io.tidemill.api.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.dto.DeadLetterAction;
import io.tidemill.api.dto.DeadLetterList;
import io.tidemill.api.identity.Caller;
import io.tidemill.api.paging.PageSize;
import io.tidemill.api.store.DeadLetterStore.Filter;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** {@code /v1/admin/dead-letters}, as {@code openapi.yaml} has it. */
@Path("/v1/admin/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
public class DeadLetterResource {
    private final Operators operators;
    private final DeadLetterSelectors selectors;
    private final DeadLetterService letters;

    public DeadLetterResource(
            Operators operators, DeadLetterSelectors selectors, DeadLetterService letters) {
        this.operators = operators;
        this.selectors = selectors;
        this.letters = letters;
    }

    @GET
    public Uni<DeadLetterList> listDeadLetters(
            @Context HttpHeaders headers,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("owner") @Nullable String owner,
            @QueryParam("operation") @Nullable String operation,
            @QueryParam("code") @Nullable String code,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Caller caller = operators.require(headers);
        Filter filter = DeadLetterSelectors.filter(kind, owner, operation, code);
        return letters.list(caller, filter, PageSize.of(limit), cursor);
    }

    @POST
    @Path("/retry")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<DeadLetterAction> retryDeadLetters(
            @Context HttpHeaders headers, @Nullable JsonNode selector) {
        operators.require(headers);
        return letters.retry(selectors.filter(selector));
    }

    @POST
    @Path("/discard")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<DeadLetterAction> discardDeadLetters(
            @Context HttpHeaders headers, @Nullable JsonNode selector) {
        operators.require(headers);
        return letters.discard(selectors.filter(selector));
    }
}
