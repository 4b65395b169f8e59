package io.tidemill.api.broker;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;

/** The event loop on which everything that talks to the broker lives, so that it needs no locks. */
@ApplicationScoped
public class EventLoop {
    private final Context context;

    EventLoop(Vertx vertx) {
        context = vertx.getOrCreateContext();
    }

    public Context context() {
        return context;
    }
}
