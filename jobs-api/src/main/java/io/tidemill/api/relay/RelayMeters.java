package io.tidemill.api.relay;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.tidemill.api.delivery.Judgement;
import io.tidemill.api.store.DeliveryQueue.DeliveryBacklog;
import io.tidemill.api.telemetry.Meters;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says by OpenTelemetry how deliveries go. Costs nothing while telemetry is off. */
@ApplicationScoped
class RelayMeters {
    private static final String DELIVERED = "DELIVERED";
    private static final String AGAIN = "AGAIN";
    private static final String FAILED = "FAILED";
    private static final double MILLIS = 1_000;

    private final DoubleHistogram attempts;
    private final LongCounter deliveries;
    private final LongCounter disabled;
    private volatile DeliveryBacklog backlog = new DeliveryBacklog(0, 0);

    RelayMeters(Meter meter) {
        attempts =
                Meters.seconds(
                        meter,
                        "tidemill.webhook.attempts",
                        "Attempts to deliver, and how long they took");
        deliveries =
                Meters.counter(
                        meter,
                        "tidemill.webhook.deliveries",
                        "What attempts came to: delivered, to be tried again, or failed",
                        "{delivery}");
        List.of(DELIVERED, AGAIN, FAILED)
                .forEach(outcome -> deliveries.add(0, Attributes.of(Meters.OUTCOME, outcome)));
        disabled =
                meter.counterBuilder("tidemill.webhook.disabled")
                        .setDescription("Endpoints disabled because of what came of deliveries")
                        .setUnit("{endpoint}")
                        .build();
        disabled(0, Judgement.Consequence.GONE);
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
                errorCode == null ? Attributes.empty() : Attributes.of(Meters.ERROR, errorCode));
    }

    void judged(Judgement judgement) {
        deliveries.add(
                1,
                switch (judgement) {
                    case Judgement.Delivered() -> Attributes.of(Meters.OUTCOME, DELIVERED);
                    case Judgement.Again(var _, String code) ->
                            Attributes.of(Meters.OUTCOME, AGAIN, Meters.ERROR, code);
                    case Judgement.Failed(String code, var _) ->
                            Attributes.of(Meters.OUTCOME, FAILED, Meters.ERROR, code);
                });
    }

    void disabled(Judgement.Consequence why) {
        disabled(1, why);
    }

    private void disabled(int endpoints, Judgement.Consequence why) {
        disabled.add(endpoints, Attributes.of(Meters.REASON, why.name()));
    }

    void backlog(DeliveryBacklog now) {
        backlog = now;
    }
}
