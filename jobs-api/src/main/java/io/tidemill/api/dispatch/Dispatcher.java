package io.tidemill.api.dispatch;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.broker.EventLoop;
import io.tidemill.api.config.ApiConfig;
import io.tidemill.api.failpoint.Failpoint;
import io.tidemill.api.policy.FairShare;
import io.tidemill.api.store.DispatchStore;
import io.tidemill.api.store.DispatchStore.Picked;
import io.tidemill.api.store.DispatchStore.Sent;
import io.vertx.core.Context;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the task queue at the broker topped up, and no more than that. Runs when nudged (something
 * was submitted, something ended) and now and then by itself. What is due is marked as sent before
 * it is sent: a message that gets lost is sent again.
 */
@ApplicationScoped
public class Dispatcher {
    private static final Logger LOG = Logger.getLogger(Dispatcher.class);

    /** The only task queue so far; each operation's descriptor names its own. */
    private static final String TASK_QUEUE = "standard";

    /** A rate is looked after at most this often. */
    private static final long LEAST_PAUSE_MILLIS = 10;

    private static final Duration SOON = Duration.ofSeconds(5);

    private final DispatchStore store;
    private final Publisher publisher;
    private final TaskMessages messages;
    private final Rules rules;
    private final Observers observers;
    private boolean running;
    private boolean nudged;

    /** What decides when, where and how much. */
    @Singleton
    static class Rules {
        final Context loop;
        final long intervalMillis;
        final Duration resendAfter;
        final FairShare policy;

        Rules(EventLoop loop, ApiConfig config) {
            this.loop = loop.context();
            ApiConfig.Dispatch dispatch = config.dispatch();
            intervalMillis = dispatch.interval().toMillis();
            resendAfter = dispatch.resendAfter();
            policy =
                    new FairShare(
                            dispatch.bundleWork().toMillis(),
                            dispatch.maxBundleTasks(),
                            dispatch.minBundles(),
                            new SplittableRandom());
        }
    }

    /** Who looks on. */
    @Singleton
    static class Observers {
        final DispatchMeters meters;
        private final DispatchSpans spans;

        Observers(DispatchMeters meters, DispatchSpans spans) {
            this.meters = meters;
            this.spans = spans;
        }

        DispatchRound round() {
            return new DispatchRound(TASK_QUEUE, meters, spans);
        }
    }

    Dispatcher(
            DispatchStore store,
            Publisher publisher,
            TaskMessages messages,
            Rules rules,
            Observers observers) {
        this.store = store;
        this.publisher = publisher;
        this.messages = messages;
        this.rules = rules;
        this.observers = observers;
    }

    void start(@Observes StartupEvent event) {
        rules.loop.owner().setPeriodic(rules.intervalMillis, _ -> nudge());
        // A process that was killed between a commit and its send leaves messages behind that never
        // left.
        rules.loop.owner().setTimer(SOON.toMillis(), _ -> resend(SOON));
        rules.loop.owner().setPeriodic(rules.intervalMillis * 10, _ -> resend(rules.resendAfter));
    }

    /** Something may be due. Cheap; may be called from anywhere. */
    public void nudge() {
        rules.loop.runOnContext(
                _ -> {
                    nudged = true;
                    runIfIdle();
                });
    }

    /** Tells the processors that these executions no longer count. */
    public void stop(Collection<String> executions) {
        if (!executions.isEmpty()) {
            publisher.send(messages.stop(executions));
        }
    }

    private void runIfIdle() {
        if (running || !nudged || !publisher.connected()) {
            return;
        }
        running = true;
        nudged = false;
        round().subscribe().with(this::ended, this::failed);
    }

    private Uni<Picked> round() {
        DispatchRound round = observers.round();
        return store.pick(TASK_QUEUE, round.noting(rules.policy::choose))
                .invoke(picked -> publish(picked.tasks(), round))
                .invoke(round::picked);
    }

    private void ended(Picked picked) {
        Duration pause = picked.pause();
        if (pause != null && pause.toMillis() < rules.intervalMillis) {
            rules.loop
                    .owner()
                    .setTimer(Math.max(LEAST_PAUSE_MILLIS, pause.toMillis() + 1), _ -> nudge());
        }
        ended(picked.again());
    }

    private void ended(boolean again) {
        rules.loop.runOnContext(
                _ -> {
                    running = false;
                    nudged |= again;
                    runIfIdle();
                });
    }

    private void failed(Throwable failure) {
        LOG.warnf("Dispatching failed and will be tried again: %s", failure.getMessage());
        ended(false);
    }

    private void publish(List<Sent> tasks, DispatchRound round) {
        Failpoint.reached("dispatch.committed", tasks);
        byBundle(tasks).forEach((bundle, ofBundle) -> send(bundle, ofBundle, round::traceparent));
        Failpoint.reached("dispatch.sent", tasks);
    }

    /** In the order in which they were chosen. */
    private static Map<UUID, List<Sent>> byBundle(List<Sent> tasks) {
        return tasks.stream()
                .collect(
                        Collectors.groupingBy(
                                Sent::bundle, LinkedHashMap::new, Collectors.toList()));
    }

    private void send(UUID bundle, List<Sent> tasks, Function<Sent, @Nullable String> traceparent) {
        observers.meters.bundle(tasks.size());
        publisher.send(messages.runTasks(TASK_QUEUE, bundle, tasks, traceparent));
    }

    private void resend(Duration age) {
        rules.loop.runOnContext(_ -> resendNow(age));
    }

    private void resendNow(Duration age) {
        if (publisher.connected()) {
            store.unanswered(TASK_QUEUE, age)
                    .subscribe()
                    .with(
                            this::sendAgain,
                            failure -> LOG.warnf("Sending again failed: %s", failure.getMessage()));
        }
    }

    /**
     * Under new message ids, or the broker would drop them as known even where it has lost the
     * first.
     */
    private void sendAgain(List<Sent> tasks) {
        byBundle(tasks)
                .values()
                .forEach(ofBundle -> send(UUID.randomUUID(), ofBundle, Sent::traceparent));
    }
}
