package io.tidemill.api.stream;

import io.tidemill.api.identity.Caller;
import io.tidemill.api.identity.Identity;
import io.tidemill.api.problem.ProblemException;
import io.tidemill.api.problem.Problems;
import io.tidemill.api.stream.SocketSession.SocketParts;
import io.tidemill.api.web.EarlyAnswers;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.jaxrs.HttpHeadersImpl;

/**
 * {@code /v1/ws}, where a WebSocket is opened; {@code docs/streams.md} has what is said over it.
 */
@ApplicationScoped
class SocketRoute {
    private static final Logger LOG = Logger.getLogger(SocketRoute.class);
    private static final String PATH = "/v1/ws";

    private final Identity identity;
    private final OpenStreams open;
    private final EarlyAnswers answers;
    private final SocketParts parts;

    SocketRoute(
            Identity identity,
            EventStreams streams,
            OpenStreams open,
            EventJson json,
            EarlyAnswers answers) {
        this.identity = identity;
        this.open = open;
        this.answers = answers;
        this.parts = new SocketParts(streams, open, json);
    }

    void register(@Observes Router router) {
        router.get(PATH).handler(this::connect);
    }

    private void connect(RoutingContext request) {
        try {
            accept(request.request(), check(request.request()));
        } catch (ProblemException problem) {
            answers.refuse(request, problem);
        }
    }

    /**
     * Browsers let any page open a WebSocket and leave it to the server to look where it is from.
     */
    private Caller check(HttpServerRequest request) {
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            throw Problems.malformed("This address is for WebSockets only (RFC 6455).");
        }
        String origin = request.getHeader("Origin");
        if (origin != null && !authority(origin).equalsIgnoreCase(request.getHeader("Host"))) {
            throw Problems.foreignOrigin();
        }
        return identity.callerOf(new HttpHeadersImpl(request.headers()));
    }

    private static String authority(String origin) {
        try {
            return Objects.requireNonNullElse(URI.create(origin).getRawAuthority(), "");
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    private void accept(HttpServerRequest request, Caller caller) {
        Context loop = Objects.requireNonNull(Vertx.currentContext());
        OpenStreams.Place place = open.enter();
        request.toWebSocket()
                .onSuccess(socket -> begin(caller, socket, loop, place))
                .onFailure(
                        failure -> {
                            place.leave();
                            LOG.debugf("No WebSocket came about: %s", failure.getMessage());
                        });
    }

    private void begin(
            Caller caller, ServerWebSocket socket, Context loop, OpenStreams.Place place) {
        SocketSession session = new SocketSession(caller, socket, loop, parts);
        Runnable forget = open.keep(session);
        session.begin();
        socket.closeHandler(
                _ -> {
                    session.over();
                    forget.run();
                    place.leave();
                });
    }
}
