package io.tidemill.processor.task;

import io.tidemill.processor.broker.EventOutbox;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Ends the work without losing or charging any: takes nothing more, gives back at once what has not
 * begun, lets the rest finish for a while and gives back what then still runs.
 */
final class Drain {
    private static final Logger LOG = Logger.getLogger(Drain.class);
    private static final Duration LAST_STEPS = Duration.ofSeconds(5);

    private final TaskConsumer consumer;
    private final Executions executions;
    private final EventOutbox outbox;

    Drain(TaskConsumer consumer, Executions executions, EventOutbox outbox) {
        this.consumer = consumer;
        this.executions = executions;
        this.outbox = outbox;
    }

    /**
     * Blocks until all is finished or given back, and told.
     *
     * @param grace how long running work may go on
     */
    void run(Duration grace) throws InterruptedException {
        await(consumer.stopTaking(), LAST_STEPS);
        int waiting = giveBack(Execution::waiting);
        boolean finished = await(consumer.idle(), grace);
        int running = finished ? 0 : giveBack(_ -> true);
        if (!executions.noneWithin(LAST_STEPS)) {
            LOG.warn("The broker did not take the last events; the leases will run out instead");
        }
        LOG.infof("Drained: gave back %d waiting and %d running task(s)", waiting, running);
    }

    private int giveBack(Predicate<Execution> which) throws InterruptedException {
        List<Execution> released =
                executions.held().stream().filter(which).filter(Execution::release).toList();
        long end = System.nanoTime() + LAST_STEPS.toNanos();
        for (Execution execution : released) {
            Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            if (!execution.restsWithin(left)) {
                LOG.errorf("Task %s is given back while it runs", execution.run().taskId());
            }
            tell(execution);
        }
        return released.size();
    }

    private void tell(Execution execution) throws InterruptedException {
        outbox.publishSoon(execution.released(), execution.run().traceparent())
                .thenRun(() -> executions.drop(execution));
    }

    private static boolean await(CompletableFuture<@Nullable Void> step, Duration most)
            throws InterruptedException {
        try {
            step.get(most.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException _) {
            return false;
        }
    }
}
