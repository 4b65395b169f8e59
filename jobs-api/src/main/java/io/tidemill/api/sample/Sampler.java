package io.tidemill.api.sample;

import io.quarkus.runtime.StartupEvent;
import io.tidemill.api.broker.EventLoop;
import io.tidemill.api.store.SampleStore;
import io.tidemill.api.store.SampleStore.Sample;
import io.tidemill.api.telemetry.Measuring;
import io.vertx.core.Context;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes a sample every few seconds, on one replica at a time, and only while somebody measures. It
 * takes a twentieth of one connection's time at most.
 */
@ApplicationScoped
class Sampler {
    private static final Logger LOG = Logger.getLogger(Sampler.class);
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final int SHARE = 20;

    private final SampleStore store;
    private final SampleGauges gauges;
    private final Measuring measuring;
    private final Context loop;

    Sampler(SampleStore store, SampleGauges gauges, Measuring measuring, EventLoop loop) {
        this.store = store;
        this.gauges = gauges;
        this.measuring = measuring;
        this.loop = loop.context();
    }

    void start(@Observes StartupEvent event) {
        if (measuring.wanted()) {
            gauges.register();
            loop.runOnContext(_ -> sample());
        }
    }

    private void sample() {
        store.sample().subscribe().with(this::taken, this::failed);
    }

    private void taken(@Nullable Sample sample) {
        Duration pause = sample == null ? INTERVAL : pause(sample.took());
        gauges.show(sample, pause);
        again(pause);
    }

    static Duration pause(Duration took) {
        Duration share = took.multipliedBy(SHARE - 1L);
        return share.compareTo(INTERVAL) > 0 ? share : INTERVAL;
    }

    private void failed(Throwable failure) {
        LOG.warnf("Measuring the queues failed and will be tried again: %s", failure.getMessage());
        again(INTERVAL);
    }

    private void again(Duration pause) {
        loop.owner().setTimer(pause.toMillis(), _ -> loop.runOnContext(_ -> sample()));
    }
}
