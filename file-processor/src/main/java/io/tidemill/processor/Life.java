package io.tidemill.processor;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tidemill.processor.task.Processor;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Starts the processor with the application, and drains it before the application ends. */
@Singleton
final class Life {
    private final Processor processor;

    Life(Processor processor) {
        this.processor = processor;
    }

    void start(@Observes StartupEvent event) {
        processor.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        processor.stop();
    }
}
