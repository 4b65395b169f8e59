package io.tidemill.api.overload;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.tidemill.api.dto.Priority;
import io.tidemill.api.overload.OverloadRules.Verdict;
import io.tidemill.api.telemetry.Meters;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.LongSupplier;

/**
 * Says by OpenTelemetry how full it is and who was refused. Costs nothing while telemetry is off.
 */
@ApplicationScoped
class OverloadMeters {
    private final Meter meter;
    private final LongCounter refusals;

    OverloadMeters(Meter meter) {
        this.meter = meter;
        this.refusals =
                meter.counterBuilder("tidemill.overload.refusals")
                        .setDescription("Requests refused because there was too much already")
                        .setUnit("{request}")
                        .build();
        for (Priority priority : Priority.values()) {
            refusals.add(0, of(Verdict.ALL_FULL, priority));
        }
    }

    private static Attributes of(Verdict verdict, Priority priority) {
        return Attributes.of(Meters.REASON, verdict.name(), Meters.PRIORITY, priority.name());
    }

    void refused(Verdict verdict, Priority priority) {
        refusals.add(1, of(verdict, priority));
    }

    void refused(RequestLimits.Verdict verdict) {
        refusals.add(1, Attributes.of(Meters.REASON, verdict.name()));
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
