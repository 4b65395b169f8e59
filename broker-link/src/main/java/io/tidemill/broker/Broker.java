package io.tidemill.broker;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.proton.ProtonClient;
import io.vertx.proton.ProtonClientOptions;
import io.vertx.proton.ProtonConnection;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one AMQP connection open for as long as the process lives. An outage is normal: it tries
 * again for ever, with backoff and jitter, and tells the links when to attach anew.
 */
public final class Broker {
    private static final Logger LOG = Logger.getLogger(Broker.class);
    private static final int TCP_CONNECT_MILLIS = 5_000;
    private static final int OPEN_WITHIN_MILLIS = 10_000;

    /** A silent broker is given up after twice this. */
    private static final int HEARTBEAT_MILLIS = 5_000;

    /** Shorter connections count as failures, or a refused link would be tried without a pause. */
    private static final long STABLE_NANOS = Duration.ofSeconds(5).toNanos();

    private final Context loop;
    private final BrokerAddress address;
    private final String container;
    private final List<Link> links;
    private final Backoff backoff =
            new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5), new Random());

    private volatile boolean connected;
    private boolean closed;
    private int generation;
    private long openedAt;
    private @Nullable ProtonConnection connection;

    /**
     * @param loop the event loop everything of the connection runs on
     * @param container names this process to the broker, unique among its clients
     * @param links told in this order when a connection opens
     */
    public Broker(Context loop, BrokerAddress address, String container, List<Link> links) {
        this.loop = loop;
        this.address = address;
        this.container = container;
        this.links = List.copyOf(links);
    }

    /** Begins to connect; returns at once. */
    public void start() {
        loop.runOnContext(_ -> connect());
    }

    /** Whether a connection is open right now. */
    public boolean connected() {
        return connected;
    }

    /** Closes the connection and opens no other. */
    public CompletableFuture<Void> close() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.runOnContext(_ -> closeNow(done));
        return done;
    }

    private void closeNow(CompletableFuture<Void> done) {
        closed = true;
        generation++;
        connected = false;
        if (connection == null) {
            done.complete(null);
        } else {
            connection.closeHandler(_ -> done.complete(null));
            connection.disconnectHandler(_ -> done.complete(null));
            connection.close();
        }
    }

    private void connect() {
        if (closed) {
            return;
        }
        int mine = ++generation;
        loop.owner().setTimer(OPEN_WITHIN_MILLIS, _ -> giveUp(mine));
        ProtonClient.create(loop.owner())
                .connect(
                        options(),
                        address.host(),
                        address.port(),
                        address.username().orElse(null),
                        address.password().orElse(null),
                        result -> handshaken(mine, result));
    }

    private static ProtonClientOptions options() {
        return new ProtonClientOptions()
                .setConnectTimeout(TCP_CONNECT_MILLIS)
                .setTcpNoDelay(true)
                .setHeartbeat(HEARTBEAT_MILLIS);
    }

    private void giveUp(int attempt) {
        if (attempt == generation && !connected) {
            lost(attempt, "it did not answer in time");
        }
    }

    private void handshaken(int attempt, AsyncResult<ProtonConnection> result) {
        if (result.failed()) {
            lost(attempt, String.valueOf(result.cause().getMessage()));
        } else if (attempt != generation) {
            result.result().disconnect();
        } else {
            open(attempt, result.result());
        }
    }

    private void open(int attempt, ProtonConnection fresh) {
        connection = fresh;
        fresh.setContainer(container);
        fresh.openHandler(result -> opened(attempt, result));
        fresh.closeHandler(_ -> lost(attempt, String.valueOf(fresh.getRemoteCondition())));
        fresh.disconnectHandler(_ -> lost(attempt, "the connection broke"));
        fresh.open();
    }

    private void opened(int attempt, AsyncResult<ProtonConnection> result) {
        if (attempt != generation) {
            return;
        }
        if (result.failed()) {
            lost(attempt, String.valueOf(result.cause().getMessage()));
            return;
        }
        LOG.infof("Connected to the broker at %s", address);
        connected = true;
        openedAt = System.nanoTime();
        links.forEach(link -> link.opened(result.result()));
    }

    private void lost(int attempt, String why) {
        if (attempt != generation || closed) {
            return;
        }
        generation++;
        boolean stable = connected && System.nanoTime() - openedAt > STABLE_NANOS;
        dropConnection();
        if (stable) {
            backoff.reset();
        }
        Duration pause = backoff.next();
        LOG.warnf("No broker at %s (%s); next try in %d ms", address, why, pause.toMillis());
        loop.owner().setTimer(pause.toMillis(), _ -> connect());
    }

    private void dropConnection() {
        boolean wasConnected = connected;
        connected = false;
        ProtonConnection dead = connection;
        connection = null;
        if (dead != null) {
            dead.disconnect();
        }
        if (wasConnected) {
            links.forEach(Link::lost);
        }
    }
}
