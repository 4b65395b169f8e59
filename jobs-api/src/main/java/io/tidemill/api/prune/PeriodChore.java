package io.tidemill.api.prune;

import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import io.tidemill.api.config.ApiConfig;
import io.tidemill.api.store.PeriodStore;
import io.tidemill.api.web.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Has tables ready for the jobs of the days to come, and drops those of jobs that are kept no
 * longer. What is in them goes at once, however much it is.
 */
@ApplicationScoped
class PeriodChore implements Chore {
    private static final Logger LOG = Logger.getLogger(PeriodChore.class);
    private static final Duration SHORTEST = Duration.ofDays(1);
    private static final int PERIODS_KEPT = 8;
    private static final int PERIODS_AHEAD = 2;

    private final PeriodStore store;
    private final Duration keep;
    private volatile PeriodStore.@Nullable Standing standing;

    PeriodChore(PeriodStore store, ApiConfig config, Meter meter) {
        this.store = store;
        this.keep = config.retention().jobs();
        if (keep.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "tidemill.retention.jobs is " + keep + "; it must be a day or more");
        }
        meter.gaugeBuilder("tidemill.periods.ahead")
                .setDescription("For how long there are tables for the jobs to come")
                .setUnit("s")
                .buildWithCallback(this::recordAhead);
        meter.gaugeBuilder("tidemill.periods.overdue")
                .ofLongs()
                .setDescription("Periods older than jobs are kept, because jobs in them are open")
                .setUnit("{period}")
                .buildWithCallback(this::recordOverdue);
    }

    @Override
    public void run() {
        run(Clock.systemUTC().instant());
    }

    /** As if it were that time. */
    void run(Instant now) {
        Duration length = length(keep);
        Blocking.await(() -> store.openUntil(now.plus(length.multipliedBy(PERIODS_AHEAD)), length));
        Instant oldest = now.minus(keep);
        for (String period : Blocking.await(() -> store.over(oldest))) {
            if (Blocking.await(() -> store.drop(period))) {
                LOG.infof("Dropped the jobs of period %s", period);
            }
        }
        standing = Blocking.await(() -> store.standing(oldest));
    }

    /** Some of them together are as long as jobs are kept; every query looks into each. */
    static Duration length(Duration keep) {
        long days = Math.ceilDiv(keep.toSeconds(), Duration.ofDays(PERIODS_KEPT).toSeconds());
        return Duration.ofDays(Math.max(1, days));
    }

    private void recordAhead(ObservableDoubleMeasurement measurement) {
        PeriodStore.Standing seen = standing;
        if (seen != null) {
            measurement.record(Duration.between(Instant.now(), seen.end()).toSeconds());
        }
    }

    private void recordOverdue(ObservableLongMeasurement measurement) {
        PeriodStore.Standing seen = standing;
        if (seen != null) {
            measurement.record(seen.overdue());
        }
    }
}
