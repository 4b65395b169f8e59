package io.tidemill.api.dispatch;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.broker.EventLoop;
import io.tidemill.api.config.ApiConfig;
import io.tidemill.api.failpoint.Failpoint;
import io.tidemill.api.store.DispatchStore;
import io.tidemill.api.store.DispatchStore.Due;
import io.tidemill.api.store.DispatchStore.Sent;
import io.tidemill.api.store.OperationLookup;
import io.vertx.core.Context;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

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

    private static final Duration SOON = Duration.ofSeconds(5);

    private final DispatchStore store;
    private final Publisher publisher;
    private final TaskMessages messages;
    private final OperationLookup operations;
    private final Rules rules;
    private boolean running;
    private boolean nudged;

    /** What decides when, where and how much. */
    @Singleton
    static class Rules {
        final Context loop;
        final long intervalMillis;
        final Duration resendAfter;
        final Bundles bundles;

        Rules(EventLoop loop, ApiConfig config) {
            this.loop = loop.context();
            ApiConfig.Dispatch dispatch = config.dispatch();
            intervalMillis = dispatch.interval().toMillis();
            resendAfter = dispatch.resendAfter();
            bundles =
                    new Bundles(
                            dispatch.bundleWork().toMillis(),
                            dispatch.maxBundleTasks(),
                            dispatch.minBundles());
        }
    }

    Dispatcher(
            DispatchStore store,
            Publisher publisher,
            TaskMessages messages,
            OperationLookup operations,
            Rules rules) {
        this.store = store;
        this.publisher = publisher;
        this.messages = messages;
        this.operations = operations;
        this.rules = rules;
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
        round().subscribe().with(_ -> ended(), this::failed);
    }

    private Uni<List<Sent>> round() {
        return store.pick(TASK_QUEUE, this::bundles).invoke(this::publish);
    }

    private void ended() {
        rules.loop.runOnContext(
                _ -> {
                    running = false;
                    runIfIdle();
                });
    }

    private void failed(Throwable failure) {
        LOG.warnf("Dispatching failed and will be tried again: %s", failure.getMessage());
        ended();
    }

    private List<List<Due>> bundles(List<Due> due) {
        return rules.bundles.of(
                due, task -> operations.descriptor(task.operation()).expectedMillis());
    }

    private void publish(List<Sent> tasks) {
        Failpoint.reached("dispatch.committed", tasks);
        tasks.stream()
                .collect(Collectors.groupingBy(Sent::bundle))
                .forEach((bundle, ofBundle) -> send(bundle, ofBundle));
        Failpoint.reached("dispatch.sent", tasks);
    }

    private void send(UUID bundle, List<Sent> tasks) {
        publisher.send(messages.runTasks(TASK_QUEUE, bundle, tasks));
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
        tasks.stream()
                .collect(Collectors.groupingBy(Sent::bundle))
                .values()
                .forEach(ofBundle -> send(UUID.randomUUID(), ofBundle));
    }
}
