package io.tidemill.api.scaling;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.config.ApiConfig;
import io.tidemill.api.dto.ScalingLoad;
import io.tidemill.api.problem.Problems;
import io.tidemill.api.store.OperationLookup;
import io.tidemill.api.store.ScalingStore;
import io.tidemill.contract.OperationDescriptor;
import io.tidemill.contract.Operations;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /internal/v1/scaling}, as {@code openapi.yaml} has it: for machines, not for owners. */
@Path("/internal/v1/scaling")
@Produces(MediaType.APPLICATION_JSON)
public class ScalingResource {
    private static final String BEARER = "Bearer ";

    private final ScalingStore store;
    private final OperationLookup operations;
    private final Optional<String> token;

    public ScalingResource(ScalingStore store, OperationLookup operations, ApiConfig config) {
        this.store = store;
        this.operations = operations;
        this.token = config.scaling().token();
    }

    @GET
    @Path("/{queue}")
    public Uni<ScalingLoad> getScalingLoad(
            @Context HttpHeaders headers, @PathParam("queue") String queue) {
        requireToken(headers.getHeaderString(HttpHeaders.AUTHORIZATION));
        if (!isTaskQueue(queue)) {
            throw Problems.noSuchTaskQueue(queue);
        }
        return store.load(queue).map(tasks -> new ScalingLoad(queue, tasks));
    }

    /** The time it takes does not tell how much of the token was right. */
    private void requireToken(@Nullable String authorization) {
        boolean known =
                token.isPresent()
                        && authorization != null
                        && MessageDigest.isEqual(
                                (BEARER + token.get()).getBytes(StandardCharsets.UTF_8),
                                authorization.getBytes(StandardCharsets.UTF_8));
        if (!known) {
            throw Problems.scalingTokenMissing();
        }
    }

    private boolean isTaskQueue(String name) {
        return Operations.NAMES.stream()
                .map(operations::find)
                .flatMap(Optional::stream)
                .map(OperationDescriptor::taskQueue)
                .anyMatch(name::equals);
    }
}
