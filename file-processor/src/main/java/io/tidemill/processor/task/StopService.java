package io.tidemill.processor.task;

import io.tidemill.contract.TaskEvent;
import io.tidemill.contract.TaskRun;
import io.tidemill.processor.broker.EventOutbox;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Ends executions that no longer count, and proves it: {@code Stopped} is told only when nothing of
 * them runs any more. Until the broker has accepted that, they are held and named in heartbeats.
 */
final class StopService {
    private static final Logger LOG = Logger.getLogger(StopService.class);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Executions executions;
    private final EventOutbox outbox;

    StopService(Executions executions, EventOutbox outbox) {
        this.executions = executions;
        this.outbox = outbox;
    }

    /** Returns at once. Ids unknown here belong to other workers. */
    void stop(Collection<String> ids) {
        List<Execution> stopped = executions.stop(ids);
        if (!stopped.isEmpty()) {
            LOG.infof("Stops %d execution(s) that no longer count", stopped.size());
        }
        stopped.forEach(execution -> Thread.ofVirtual().name("stop").start(() -> prove(execution)));
    }

    private void prove(Execution execution) {
        try {
            awaitRest(execution);
            TaskRun run = execution.run();
            outbox.publishSoon(
                            new TaskEvent.Stopped(run.taskId(), run.attempt(), execution.id()),
                            run.traceparent())
                    .thenRun(() -> executions.drop(execution));
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    /** However long it takes: a lie would let the task begin elsewhere beside its old self. */
    private static void awaitRest(Execution execution) throws InterruptedException {
        if (!execution.restsWithin(GRACE)) {
            LOG.errorf(
                    "%s still runs %d s after it was told to stop (task %s)",
                    execution.run().operation(), GRACE.toSeconds(), execution.run().taskId());
            while (!execution.restsWithin(GRACE)) {
                LOG.debugf("%s still runs", execution.run().taskId());
            }
        }
    }
}
