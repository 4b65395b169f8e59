package io.tidemill.api.catalogue;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.dto.Operation;
import io.tidemill.api.dto.OperationList;
import io.tidemill.api.dto.Pipeline;
import io.tidemill.api.dto.PipelineList;
import io.tidemill.api.identity.Identity;
import io.tidemill.api.problem.Problems;
import io.tidemill.api.store.CircuitStore;
import io.tidemill.api.store.WorkerStore;
import io.tidemill.contract.OperationDescriptor;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Collection;
import java.util.List;

/** {@code /v1/operations} and {@code /v1/pipelines}, as {@code openapi.yaml} has them. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
public class CatalogueResource {
    private final Identity identity;
    private final OperationCatalogue operations;
    private final PipelineCatalogue pipelines;
    private final WorkerStore workers;
    private final CircuitStore circuits;

    public CatalogueResource(
            Identity identity,
            OperationCatalogue operations,
            PipelineCatalogue pipelines,
            WorkerStore workers,
            CircuitStore circuits) {
        this.identity = identity;
        this.operations = operations;
        this.pipelines = pipelines;
        this.workers = workers;
        this.circuits = circuits;
    }

    @GET
    @Path("/operations")
    public Uni<OperationList> listOperations(@Context HttpHeaders headers) {
        identity.callerOf(headers);
        return views(operations.all()).map(OperationList::new);
    }

    @GET
    @Path("/operations/{name}")
    public Uni<Operation> getOperation(
            @Context HttpHeaders headers, @PathParam("name") String name) {
        identity.callerOf(headers);
        var operation = operations.find(name).orElseThrow(() -> Problems.noSuch("operation", name));
        return views(List.of(operation)).map(List::getFirst);
    }

    private Uni<List<Operation>> views(Collection<OperationDescriptor> wanted) {
        return Uni.combine()
                .all()
                .unis(workers.offered(), circuits.all())
                .with(
                        (offered, standings) ->
                                wanted.stream()
                                        .map(
                                                operation ->
                                                        OperationViews.operation(
                                                                operation,
                                                                offered,
                                                                standings.get(operation.name())))
                                        .toList());
    }

    @GET
    @Path("/pipelines")
    public PipelineList listPipelines(@Context HttpHeaders headers) {
        identity.callerOf(headers);
        return new PipelineList(pipelines.all());
    }

    @GET
    @Path("/pipelines/{name}")
    public Pipeline getPipeline(@Context HttpHeaders headers, @PathParam("name") String name) {
        identity.callerOf(headers);
        return pipelines.find(name).orElseThrow(() -> Problems.noSuch("pipeline", name));
    }
}
