package io.tidemill.processor;

import io.tidemill.processor.config.ProcessorConfig;
import io.tidemill.processor.task.Processor;
import java.nio.file.Files;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while the broker is connected and storage can be written. There is no liveness check beside
 * it: an outage elsewhere is no reason to restart.
 */
@Readiness
final class WorkReadiness implements HealthCheck {
    private final Processor processor;
    private final ProcessorConfig config;

    WorkReadiness(Processor processor, ProcessorConfig config) {
        this.processor = processor;
        this.config = config;
    }

    @Override
    public HealthCheckResponse call() {
        boolean broker = processor.connected();
        boolean storage = Files.isWritable(config.storage().root());
        return HealthCheckResponse.named("processor")
                .withData("broker", broker ? "connected" : "away")
                .withData("storage", storage ? "writable" : "not writable")
                .status(broker && storage)
                .build();
    }
}
