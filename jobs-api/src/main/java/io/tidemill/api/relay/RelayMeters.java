package io.tidemill.api.relay;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.tidemill.api.delivery.Judgement;
import io.tidemill.api.store.DeliveryQueue.DeliveryBacklog;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Says by OpenTelemetry how deliveries go. Costs nothing while telemetry is off. */
@ApplicationScoped
class RelayMeters {
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    private static final AttributeKey<String> REASON = AttributeKey.stringKey("reason");
    private static final double MILLIS = 1_000;

    private final DoubleHistogram attempts;
    private final LongCounter disabled;
    private volatile DeliveryBacklog backlog = new DeliveryBacklog(0, 0);

    RelayMeters(Meter meter) {
        attempts =
                meter.histogramBuilder("tidemill.webhook.attempts")
                        .setDescription("Attempts to deliver, and how long they took")
                        .setUnit("s")
                        .build();
        disabled =
                meter.counterBuilder("tidemill.webhook.disabled")
                        .setDescription("Endpoints disabled because of what came of deliveries")
                        .setUnit("{endpoint}")
                        .build();
        meter.gaugeBuilder("tidemill.webhook.due")
                .ofLongs()
                .setDescription("Deliveries due and waiting, at most 100 000")
                .setUnit("{delivery}")
                .buildWithCallback(measurement -> measurement.record(backlog.due()));
        meter.gaugeBuilder("tidemill.webhook.lag")
                .setDescription("For how long the oldest of them has been due")
                .setUnit("s")
                .buildWithCallback(measurement -> measurement.record(backlog.seconds()));
    }

    /** The error code is null when it arrived. */
    void attempt(long millis, @Nullable String errorCode) {
        attempts.record(
                millis / MILLIS,
                errorCode == null ? Attributes.empty() : Attributes.of(ERROR, errorCode));
    }

    void disabled(Judgement.Consequence why) {
        disabled.add(1, Attributes.of(REASON, why.name()));
    }

    void backlog(DeliveryBacklog now) {
        backlog = now;
    }
}
