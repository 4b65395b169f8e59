package io.tidemill.api.relay;

import io.opentelemetry.api.trace.Span;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tidemill.api.broker.EventLoop;
import io.tidemill.api.change.JobChanges;
import io.tidemill.api.config.ApiConfig;
import io.tidemill.api.delivery.AttemptResult;
import io.tidemill.api.delivery.Judgement;
import io.tidemill.api.delivery.RetryTimes;
import io.tidemill.api.delivery.Slots;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.store.ClaimedDelivery;
import io.tidemill.api.store.DeliveryOutcome;
import io.tidemill.api.store.DeliveryQueue;
import io.tidemill.api.telemetry.Measuring;
import io.vertx.core.Context;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Delivers what is due, on every replica: claims deliveries, has attempts made, writes what came of
 * them with the next claim. Runs when nudged (a job ended, an attempt ended) and now and then by
 * itself. A replica that dies leaves its claims to the others when their lease ends, so a delivery
 * may come twice but never gets lost.
 */
@ApplicationScoped
public class Relay {
    private static final Logger LOG = Logger.getLogger(Relay.class);
    private static final long METERS_MILLIS = 10_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final DeliveryQueue queue;
    private final Courier courier;
    private final RelayMeters meters;
    private final DeliverySpans spans;
    private final Rules rules;
    private final Slots slots;
    private List<DeliveryOutcome> outcomes = new ArrayList<>();
    private boolean running;
    private boolean nudged;
    private volatile boolean stopped;

    /** What decides when, how often and how long. */
    @Singleton
    static class Rules {
        final Context loop;
        final RetryTimes times;
        final ApiConfig.Webhook config;
        final boolean metered;
        final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");

        Rules(EventLoop loop, ApiConfig config, Measuring measuring) {
            this.loop = loop.context();
            this.config = config.webhook();
            this.times = new RetryTimes(config.webhook().retryWaits());
            this.metered = measuring.wanted();
        }
    }

    Relay(
            DeliveryQueue queue,
            Courier courier,
            RelayMeters meters,
            DeliverySpans spans,
            Rules rules) {
        this.queue = queue;
        this.courier = courier;
        this.meters = meters;
        this.spans = spans;
        this.rules = rules;
        this.slots = new Slots(rules.config.concurrency(), rules.config.endpointConcurrency());
    }

    void start(@Observes StartupEvent event, JobChanges changes) {
        changes.onEnd(this::nudge);
        rules.loop.owner().setPeriodic(rules.config.interval().toMillis(), _ -> nudge());
        if (rules.metered) {
            rules.loop.owner().setPeriodic(METERS_MILLIS, _ -> measure());
        }
    }

    /** What is under way then is repeated by another replica, or after the next start. */
    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    /** Something may be due. Cheap; may be called from anywhere. */
    public void nudge() {
        rules.loop.runOnContext(
                _ -> {
                    nudged = true;
                    runIfIdle();
                });
    }

    private void runIfIdle() {
        if (running || !nudged || stopped) {
            return;
        }
        running = true;
        nudged = false;
        List<DeliveryOutcome> written = outcomes;
        outcomes = new ArrayList<>();
        int room = slots.free();
        queue.round(written, slots, rules.config.lease())
                .subscribe()
                .with(
                        round -> rules.loop.runOnContext(_ -> ended(round, room)),
                        failure -> rules.loop.runOnContext(_ -> failed(written, failure)));
    }

    private void ended(DeliveryQueue.Round round, int room) {
        running = false;
        round.disabled().forEach(this::disabled);
        round.claimed().forEach(this::attempt);
        nudged |= round.claimed().size() == room;
        runIfIdle();
    }

    /** Outcomes are written by the next round; those whose lease ends meanwhile are repeated. */
    private void failed(List<DeliveryOutcome> unwritten, Throwable failure) {
        LOG.warnf("Webhooks: claiming failed and will be tried again: %s", failure.getMessage());
        running = false;
        outcomes.addAll(unwritten);
    }

    private void attempt(ClaimedDelivery delivery) {
        slots.begin(delivery.endpointId());
        if (!delivery.enabled()) {
            end(
                    delivery,
                    null,
                    new Judgement.Failed("ENDPOINT_DISABLED", Judgement.Consequence.NONE));
            return;
        }
        Instant begin = Instant.now();
        long nanos = System.nanoTime();
        Span span = spans.start(delivery);
        courier.deliver(DeliverySpans.traced(delivery, span))
                .onSuccess(result -> DeliverySpans.end(span, result))
                .onSuccess(
                        result ->
                                rules.loop.runOnContext(
                                        _ -> judge(delivery, result, begin, millisSince(nanos))));
    }

    private void judge(ClaimedDelivery delivery, AttemptResult result, Instant begin, long millis) {
        String code = Judgement.errorCode(result);
        Integer status =
                result instanceof AttemptResult.Answered(int answered, var _) ? answered : null;
        meters.attempt(millis, code);
        end(
                delivery,
                new DeliveryOutcome.Attempt(begin, millis, status, code),
                Judgement.of(result, delivery.usedAttempts(), rules.times, rules.random));
    }

    private void end(
            ClaimedDelivery delivery,
            DeliveryOutcome.@Nullable Attempt attempt,
            Judgement judgement) {
        meters.judged(judgement);
        slots.end(delivery.endpointId(), judgement instanceof Judgement.Delivered);
        outcomes.add(
                new DeliveryOutcome(
                        delivery.id(),
                        delivery.endpointId(),
                        delivery.attempt(),
                        attempt,
                        judgement));
        nudge();
    }

    private void disabled(DeliveryQueue.Disabled disabled) {
        LOG.infof(
                "Webhook endpoint %s is disabled: %s",
                TypeId.WEBHOOK_ENDPOINT.format(disabled.endpoint()), disabled.why());
        meters.disabled(disabled.why());
    }

    private void measure() {
        queue.backlog()
                .subscribe()
                .with(
                        meters::backlog,
                        failure -> LOG.debugf("Webhooks: not measured: %s", failure.getMessage()));
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / NANOS_PER_MILLI;
    }
}
