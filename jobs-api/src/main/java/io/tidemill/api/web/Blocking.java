package io.tidemill.api.web;

import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/** From virtual threads, which may block, to database work, which must run on an event loop. */
public final class Blocking {
    private Blocking() {}

    /** Runs the work on an event loop and waits for it. Its failures are thrown as they are. */
    public static <T> T await(Supplier<Uni<T>> work) {
        try {
            return VertxContextSupport.subscribeAndAwait(work);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
