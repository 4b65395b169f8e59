package io.tidemill.api.overload;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.tidemill.api.dto.Priority;
import io.tidemill.api.overload.OverloadRules.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.LongSupplier;

/**
 * Says by OpenTelemetry how full it is and who was refused. Costs nothing while telemetry is off.
 */
@ApplicationScoped
class OverloadMeters {
    private static final AttributeKey<String> REASON = AttributeKey.stringKey("reason");
    private static final AttributeKey<String> PRIORITY = AttributeKey.stringKey("priority");

    private final Meter meter;
    private final LongCounter refusals;

    OverloadMeters(Meter meter) {
        this.meter = meter;
        this.refusals =
                meter.counterBuilder("tidemill.overload.refusals")
                        .setDescription("Requests refused because there was too much already")
                        .setUnit("{request}")
                        .build();
    }

    void refused(Verdict verdict, Priority priority) {
        refusals.add(1, Attributes.of(REASON, verdict.name(), PRIORITY, priority.name()));
    }

    void refused(RequestLimits.Verdict verdict) {
        refusals.add(1, Attributes.of(REASON, verdict.name()));
    }

    void watchOpenTasks(LongSupplier openTasks) {
        gauge(
                "tidemill.tasks.open",
                "Open tasks of all owners, as this replica sees them",
                "{task}",
                openTasks);
    }

    void watch(RequestLimits limits) {
        gauge("tidemill.requests.open", "Requests being answered", "{request}", limits::requests);
        gauge("tidemill.uploads.open", "Uploads being received", "{upload}", limits::uploads);
        gauge("tidemill.uploads.bytes", "Bytes that these uploads may have", "By", limits::bytes);
    }

    private void gauge(String name, String description, String unit, LongSupplier value) {
        meter.gaugeBuilder(name)
                .ofLongs()
                .setDescription(description)
                .setUnit(unit)
                .buildWithCallback(measurement -> measurement.record(value.getAsLong()));
    }
}
