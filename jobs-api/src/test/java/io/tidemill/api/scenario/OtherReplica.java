package io.tidemill.api.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemill.broker.Broker;
import io.tidemill.broker.Link;
import io.tidemill.broker.Routing;
import io.tidemill.contract.Addresses;
import io.tidemill.contract.JobsChanged;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.proton.ProtonConnection;
import io.vertx.proton.ProtonReceiver;
import io.vertx.proton.ProtonSender;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.message.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Stands where another replica of jobs-api stands, and exchanges hints with the one under test. */
final class OtherReplica implements Link, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(OtherReplica.class);
    private static final int PATIENCE_SECONDS = 30;

    private final String replica = "other-" + UUID.randomUUID();
    private final ObjectMapper json = new ObjectMapper();
    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final Broker broker;
    private final Set<String> heard = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ProtonSender sender;

    OtherReplica() {
        broker = new Broker(loop, FakeProcessor.address(), replica, List.of(this));
        broker.start();
        awaitConnection();
    }

    void awaitConnection() {
        Scenario.eventually("a connection", () -> sender);
    }

    @Override
    public void opened(ProtonConnection connection) {
        ProtonReceiver receiver = Routing.MULTICAST.receiver(connection, Addresses.CHANGES);
        receiver.setPrefetch(100).setAutoAccept(true);
        receiver.handler((_, message) -> hear(message));
        receiver.openHandler(_ -> openSender(connection));
        receiver.open();
    }

    private void openSender(ProtonConnection connection) {
        ProtonSender fresh = Routing.MULTICAST.sender(connection, Addresses.CHANGES);
        fresh.openHandler(_ -> sender = fresh);
        fresh.open();
    }

    @Override
    public void lost() {
        sender = null;
    }

    /** It hears itself, too, and what it sends may be nonsense. */
    private void hear(Message message) {
        try {
            json.readTree(FakeProcessor.text(message))
                    .path("jobs")
                    .forEach(job -> heard.add(job.asText()));
        } catch (JsonProcessingException e) {
            LOG.infof("Heard nonsense: %s", e.getMessage());
        }
    }

    /** Returns when it has heard of a change of that job, and forgets that it has. */
    void awaitHint(String jobId) {
        Scenario.eventually("a hint of " + jobId, () -> heard.remove(jobId) ? true : null);
    }

    void hint(String jobId) {
        try {
            hintRaw(
                    json.writeValueAsString(
                            new JobsChanged(JobsChanged.VERSION, replica, List.of(jobId))));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    void hintRaw(String body) {
        ProtonSender open = Scenario.eventually("a connection", () -> sender);
        Message message = Proton.message();
        message.setBody(new Data(new Binary(body.getBytes(StandardCharsets.UTF_8))));
        loop.runOnContext(_ -> open.send(message));
    }

    @Override
    public void close() {
        broker.close().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
