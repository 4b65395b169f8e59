package io.tidemill.api.stream;

import io.opentelemetry.api.metrics.Meter;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tidemill.api.config.ApiConfig;
import io.tidemill.api.problem.Problems;
import io.tidemill.api.problem.RetryAfter;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * All streams of this replica: bounds their number, shows from time to time that they are alive
 * (with one timer for all), and ends them when the replica is told to go.
 */
@ApplicationScoped
class OpenStreams {
    private static final int SLOTS = 15;

    private final int most;
    private final Duration ping;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger next = new AtomicInteger();
    private final List<Set<Connection>> slots =
            IntStream.range(0, SLOTS)
                    .<Set<Connection>>mapToObj(_ -> ConcurrentHashMap.newKeySet())
                    .toList();
    private final Thread drain = new Thread(this::drain, "streams-drain");
    private volatile boolean draining;

    OpenStreams(ApiConfig config, Meter meter) {
        this.most = config.stream().max();
        this.ping = config.stream().ping();
        meter.gaugeBuilder("tidemill.streams.open")
                .ofLongs()
                .setDescription("Streams and subscriptions being served")
                .setUnit("{stream}")
                .buildWithCallback(measurement -> measurement.record(open.get()));
    }

    /** A connection that carries streams. Called on any thread. */
    interface Connection {
        /** Shows that it is alive, if nothing waits to be sent. */
        void ping();

        /** Ends it in good order; the client will look for another replica. */
        void goAway();
    }

    /** One of those there may be, from when it was let in until it is given back. */
    static final class Place {
        private final AtomicBoolean left = new AtomicBoolean();
        private final Runnable onLeave;

        private Place(Runnable onLeave) {
            this.onLeave = onLeave;
        }

        /** A second time is harmless. */
        void leave() {
            if (left.compareAndSet(false, true)) {
                onLeave.run();
            }
        }
    }

    /**
     * Lets one more in.
     *
     * @throws io.tidemill.api.problem.ProblemException 503 when there are as many as may be
     */
    Place enter() {
        if (open.incrementAndGet() > most || draining) {
            open.decrementAndGet();
            throw Problems.overloaded(
                    "As many streams are open here as may be.", RetryAfter.REQUEST);
        }
        return new Place(open::decrementAndGet);
    }

    /**
     * Looks after a connection.
     *
     * @return to be run when it is closed
     */
    Runnable keep(Connection connection) {
        Set<Connection> slot = slots.get(Math.floorMod(next.getAndIncrement(), SLOTS));
        slot.add(connection);
        if (draining) {
            connection.goAway();
        }
        return () -> slot.remove(connection);
    }

    void start(@Observes StartupEvent event, Vertx vertx) {
        AtomicInteger tick = new AtomicInteger();
        vertx.setPeriodic(
                Math.max(1, ping.toMillis() / SLOTS),
                _ ->
                        slots.get(Math.floorMod(tick.getAndIncrement(), SLOTS))
                                .forEach(Connection::ping));
        // Quarkus waits for open requests before it tells anybody that it stops; streams never end
        // by themselves.
        Runtime.getRuntime().addShutdownHook(drain);
    }

    void stop(@Observes ShutdownEvent event) {
        drain();
        try {
            Runtime.getRuntime().removeShutdownHook(drain);
        } catch (IllegalStateException _) {
            // it runs
        }
    }

    private void drain() {
        draining = true;
        slots.forEach(slot -> slot.forEach(Connection::goAway));
    }
}
