package io.tidemill.api.stream;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.identity.Caller;
import io.tidemill.api.identity.Identity;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Server-Sent Events, as {@code openapi.yaml} has them. */
@Path("/v1")
@Produces(SseOutlet.MEDIA_TYPE)
public class EventStreamResource {
    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private final Identity identity;
    private final EventStreams streams;
    private final OpenStreams open;
    private final EventJson json;

    EventStreamResource(Identity identity, EventStreams streams, OpenStreams open, EventJson json) {
        this.identity = identity;
        this.streams = streams;
        this.open = open;
        this.json = json;
    }

    @GET
    @Path("/jobs/{jobId}/events")
    public Uni<Response> streamJobEvents(
            @jakarta.ws.rs.core.Context HttpHeaders headers,
            @jakarta.ws.rs.core.Context RoutingContext request,
            @PathParam("jobId") String jobId,
            @HeaderParam(LAST_EVENT_ID) @Nullable String lastEventId,
            @QueryParam("lastEventId") @Nullable String lastEventIdInQuery) {
        Caller caller = identity.callerOf(headers);
        String after = lastEventId == null ? lastEventIdInQuery : lastEventId;
        Context loop = Objects.requireNonNull(Vertx.currentContext());
        return stream(request, loop, outlet -> streams.job(caller, jobId, after, loop, outlet));
    }

    @GET
    @Path("/events")
    public Uni<Response> streamEvents(
            @jakarta.ws.rs.core.Context HttpHeaders headers,
            @jakarta.ws.rs.core.Context RoutingContext request,
            @QueryParam("label") List<String> labels,
            @QueryParam("state") List<String> states,
            @HeaderParam(LAST_EVENT_ID) @Nullable String lastEventId,
            @QueryParam("lastEventId") @Nullable String lastEventIdInQuery) {
        Caller caller = identity.callerOf(headers);
        StreamFilter filter = StreamFilter.of(labels, states);
        String after = lastEventId == null ? lastEventIdInQuery : lastEventId;
        Context loop = Objects.requireNonNull(Vertx.currentContext());
        return stream(request, loop, outlet -> streams.owner(caller, filter, after, loop, outlet));
    }

    /**
     * The response is written by the outlet; what is given back here ends it, or takes its place.
     */
    private Uni<Response> stream(
            RoutingContext request, Context loop, Function<Outlet, Feed> feeding) {
        if (request.request().method().equals(HttpMethod.HEAD)) {
            throw new NotAllowedException(HttpMethod.GET.name());
        }
        SseOutlet outlet = new SseOutlet(loop, request.request(), json);
        Feed feed = feeding.apply(outlet);
        OpenStreams.Place place = open.enter();
        Runnable forget = open.keep(outlet);
        CompletableFuture<Response> over = new CompletableFuture<>();
        request.addEndHandler(
                _ -> {
                    feed.cancel();
                    forget.run();
                    place.leave();
                    over.complete(Response.ok().build());
                });
        request.response().drainHandler(_ -> feed.drained());
        return feed.open()
                .chain(
                        going ->
                                going
                                        ? Uni.createFrom().completionStage(over)
                                        : Uni.createFrom().item(Response.noContent().build()));
    }
}
