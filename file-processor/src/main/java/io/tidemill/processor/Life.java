package io.tidemill.processor;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tidemill.processor.config.ProcessorConfig;
import io.tidemill.processor.task.Processor;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Starts the processor with the application, and drains it before the application ends. */
@Singleton
final class Life {
    private static final Logger LOG = Logger.getLogger(Life.class);

    private final Processor processor;
    private final Optional<Duration> endWhenIdle;

    Life(Processor processor, ProcessorConfig config) {
        this.processor = processor;
        this.endWhenIdle = config.worker().endWhenIdle();
    }

    void start(@Observes StartupEvent event) {
        processor.start();
        endWhenIdle.ifPresent(time -> processor.whenIdle(time, () -> end(time)));
    }

    private static void end(Duration idle) {
        LOG.infof("Nothing to do for %d s: ends", idle.toSeconds());
        Quarkus.asyncExit(0);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        processor.stop();
    }
}
