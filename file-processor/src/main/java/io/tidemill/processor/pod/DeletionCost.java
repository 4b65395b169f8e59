package io.tidemill.processor.pod;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Tells Kubernetes how many slots of this pod are busy, as the annotation {@code
 * controller.kubernetes.io/pod-deletion-cost}: of the pods of a pool, those that cost least are
 * ended first. It is a wish; what goes wrong is logged and tried again at the next look.
 */
public final class DeletionCost {
    private static final Logger LOG = Logger.getLogger(DeletionCost.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String BODY =
            "{\"metadata\":{\"annotations\":{\"controller.kubernetes.io/pod-deletion-cost\":\"%d\"}}}";

    private final URI pod;
    private final Path token;
    private final HttpClient http;
    private final AtomicBoolean underWay = new AtomicBoolean();

    /** As Kubernetes takes it without an annotation. */
    private volatile int told;

    /**
     * @param pod the pod at the API server
     * @param credentials folder with {@code token}, which may change, and {@code ca.crt}
     * @throws IOException if there is no certificate to trust
     */
    public DeletionCost(URI pod, Path credentials) throws IOException {
        this.pod = pod;
        this.token = credentials.resolve("token");
        this.http =
                HttpClient.newBuilder()
                        .sslContext(Trust.in(credentials.resolve("ca.crt")))
                        .connectTimeout(PATIENCE)
                        .build();
    }

    /**
     * Tells it if it has changed; returns at once, and does nothing while the last is under way.
     */
    public void tell(int busySlots) {
        if (busySlots != told && underWay.compareAndSet(false, true)) {
            Thread.ofVirtual().name("deletion-cost").start(() -> send(busySlots));
        }
    }

    private void send(int busySlots) {
        try {
            HttpResponse<Void> answer = http.send(request(busySlots), BodyHandlers.discarding());
            if (answer.statusCode() == 200) {
                told = busySlots;
            } else {
                LOG.warnf("Deletion cost of this pod was refused: %d", answer.statusCode());
            }
        } catch (IOException e) {
            LOG.warnf("Deletion cost of this pod was not told: %s", e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            underWay.set(false);
        }
    }

    private HttpRequest request(int busySlots) throws IOException {
        return HttpRequest.newBuilder(pod)
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + Files.readString(token).strip())
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", BodyPublishers.ofString(BODY.formatted(busySlots)))
                .build();
    }
}
