package io.tidemill.api.change;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.tidemill.api.telemetry.Meters;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Says by OpenTelemetry how news of jobs travels, and how many answers took no look at the
 * database. Costs nothing while telemetry is off.
 */
@ApplicationScoped
public class ChangeMeters {
    private static final Attributes SENT = Attributes.of(Meters.OUTCOME, "SENT");
    private static final Attributes RECEIVED = Attributes.of(Meters.OUTCOME, "RECEIVED");
    private static final Attributes DROPPED = Attributes.of(Meters.OUTCOME, "DROPPED");

    private final LongCounter hints;
    private final LongCounter unchanged;

    ChangeMeters(Meter meter) {
        hints =
                meter.counterBuilder("tidemill.changes.hints")
                        .setDescription("Jobs that replicas tell each other have changed")
                        .setUnit("{job}")
                        .build();
        unchanged =
                meter.counterBuilder("tidemill.jobs.unchanged")
                        .setDescription("Reads of a job answered 304 from memory")
                        .setUnit("{request}")
                        .build();
        hints.add(0, DROPPED);
        unchanged.add(0);
    }

    void sent(int jobs) {
        hints.add(jobs, SENT);
    }

    void received(int jobs) {
        hints.add(jobs, RECEIVED);
    }

    /** The broker was away or slow. */
    void dropped(int jobs) {
        if (jobs > 0) {
            hints.add(jobs, DROPPED);
        }
    }

    /** A client was told, without a look at the database, that its version is still right. */
    public void unchanged() {
        unchanged.add(1);
    }
}
