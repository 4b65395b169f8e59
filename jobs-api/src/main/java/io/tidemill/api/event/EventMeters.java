package io.tidemill.api.event;

import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.tidemill.api.telemetry.Meters;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;

/** Says by OpenTelemetry how events are kept up with. Costs nothing while it is off. */
@ApplicationScoped
class EventMeters {
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongHistogram sizes;
    private final DoubleHistogram lag;

    EventMeters(Meter meter) {
        sizes =
                Meters.counts(
                        meter,
                        "tidemill.events.batch.size",
                        "Events applied by one transaction",
                        "{event}");
        lag =
                Meters.seconds(
                        meter,
                        "tidemill.events.lag",
                        "From the arrival of a batch's oldest message to the commit of what it says");
    }

    /** A batch is committed. */
    void applied(int events, long oldestNanos) {
        sizes.record(events);
        lag.record((System.nanoTime() - oldestNanos) / NANOS);
    }
}
