package io.tidemill.api.file;

import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.quarkus.runtime.StartupEvent;
import io.tidemill.api.config.ApiConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Says by OpenTelemetry what is uploaded, and how full the volume is that keeps it. Costs nothing
 * while it is off.
 */
@ApplicationScoped
class UploadMeters {
    private static final Logger LOG = Logger.getLogger(UploadMeters.class);
    private static final long KIB = 1_024;
    private static final long MIB = 1_024 * KIB;
    private static final List<Long> SIZES =
            List.of(
                    KIB,
                    16 * KIB,
                    128 * KIB,
                    MIB,
                    4 * MIB,
                    16 * MIB,
                    64 * MIB,
                    256 * MIB,
                    1_024 * MIB);

    private final Meter meter;
    private final Path root;
    private final LongHistogram sizes;

    UploadMeters(Meter meter, ApiConfig config) {
        this.meter = meter;
        this.root = config.storage().root();
        this.sizes =
                meter.histogramBuilder("tidemill.upload.size")
                        .ofLongs()
                        .setDescription("Uploaded files, by their bytes")
                        .setUnit("By")
                        .setExplicitBucketBoundariesAdvice(SIZES)
                        .build();
    }

    void start(@Observes StartupEvent event) {
        gauge(
                "tidemill.storage.usage",
                "Bytes taken on the volume of the stored files",
                volume -> volume.getTotalSpace() - volume.getUsableSpace());
        gauge(
                "tidemill.storage.limit",
                "Bytes the volume of the stored files can hold",
                FileStore::getTotalSpace);
    }

    void stored(long bytes) {
        sizes.record(bytes);
    }

    private interface Figure {
        long of(FileStore volume) throws IOException;
    }

    private void gauge(String name, String description, Figure figure) {
        meter.gaugeBuilder(name)
                .ofLongs()
                .setDescription(description)
                .setUnit("By")
                .buildWithCallback(
                        measurement -> {
                            try {
                                measurement.record(figure.of(Files.getFileStore(root)));
                            } catch (IOException e) {
                                LOG.debugf("%s is not measured: %s", name, e.getMessage());
                            }
                        });
    }
}
