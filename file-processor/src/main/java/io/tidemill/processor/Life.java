package io.tidemill.processor;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tidemill.processor.config.ProcessorConfig;
import io.tidemill.processor.pod.DeletionCost;
import io.tidemill.processor.task.Processor;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Starts the processor with the application, and drains it before the application ends. */
@Singleton
final class Life {
    private static final Logger LOG = Logger.getLogger(Life.class);

    private final Processor processor;
    private final Optional<Duration> endWhenIdle;
    private final ProcessorConfig.Pod pod;

    Life(Processor processor, ProcessorConfig config) {
        this.processor = processor;
        this.endWhenIdle = config.worker().endWhenIdle();
        this.pod = config.pod();
    }

    void start(@Observes StartupEvent event) throws IOException {
        if (pod.name().isPresent()) {
            processor.tellBusy(pod.interval(), deletionCost(pod.name().get())::tell);
        }
        processor.start();
        endWhenIdle.ifPresent(time -> processor.whenIdle(time, () -> end(time)));
    }

    private DeletionCost deletionCost(String name) throws IOException {
        try {
            String path = "/api/v1/namespaces/%s/pods/%s".formatted(pod.namespace(), name);
            return new DeletionCost(URI.create(pod.apiServer() + path), pod.credentials());
        } catch (IOException e) {
            throw new IOException("tidemill.pod.credentials: " + e.getMessage(), e);
        }
    }

    private static void end(Duration idle) {
        LOG.infof("Nothing to do for %d s: ends", idle.toSeconds());
        Quarkus.asyncExit(0);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        processor.stop();
    }
}
