package io.tidemill.processor.task;

import io.tidemill.contract.TaskEvent;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs an attempt on a virtual thread of its own under its wall-clock limit. An operation that does
 * not even end when interrupted is left behind rather than holding its slot for ever.
 */
final class TimedAttempt {
    private static final Logger LOG = Logger.getLogger(TimedAttempt.class);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final TaskRunner runner;

    TimedAttempt(TaskRunner runner) {
        this.runner = runner;
    }

    /**
     * Blocks until the attempt has ended.
     *
     * @return how it ended, or null when it was stopped or released and nobody asks any more
     */
    @Nullable TaskEvent run(Execution execution, ObservedTask observed)
            throws InterruptedException {
        FutureTask<TaskEvent> work = new FutureTask<>(observed.within(() -> runner.run(execution)));
        Thread thread = Thread.ofVirtual().name("attempt").unstarted(work);
        if (!execution.start(thread)) {
            return null;
        }
        try {
            return work.get(execution.run().timeoutSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return execution.ended()
                    ? null
                    : Failures.event(
                            execution, observed.saying(() -> Failures.of(cause(e), execution)));
        } catch (TimeoutException _) {
            end(execution);
            return Failures.event(execution, Failures.timeout(execution));
        }
    }

    private static void end(Execution execution) throws InterruptedException {
        execution.interrupt();
        if (!execution.restsWithin(GRACE)) {
            LOG.errorf(
                    "%s did not end when interrupted; its thread is left behind (task %s)",
                    execution.run().operation(), execution.run().taskId());
        }
    }

    private static Throwable cause(ExecutionException e) {
        return Objects.requireNonNullElse(e.getCause(), e);
    }
}
