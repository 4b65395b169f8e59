package io.tidemill.processor.task;

import io.tidemill.contract.FailureCode;
import io.tidemill.contract.RunTasks;
import io.tidemill.contract.TaskEvent;
import io.tidemill.contract.TaskRun;
import io.tidemill.processor.broker.EventOutbox;
import io.tidemill.processor.broker.MessageCodec;
import io.tidemill.processor.broker.MessageRefusedException;
import io.tidemill.processor.failpoint.Failpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Works off one bundle: takes its tasks, settles the message only when the broker has {@code Taken}
 * safe, then runs one task after the other and tells how each ended.
 */
final class BundleService {
    private static final Logger LOG = Logger.getLogger(BundleService.class);

    private final MessageCodec codec;
    private final Executions executions;
    private final EventOutbox outbox;
    private final TimedAttempt attempt;
    private final Observation observation;
    private final Turns turns = new Turns();

    BundleService(
            MessageCodec codec,
            Executions executions,
            EventOutbox outbox,
            TimedAttempt attempt,
            Observation observation) {
        this.codec = codec;
        this.executions = executions;
        this.outbox = outbox;
        this.attempt = attempt;
        this.observation = observation;
    }

    /** Blocks until every task of the bundle has ended; never throws. */
    void workOff(Arrival arrival) {
        try {
            RunTasks bundle = codec.runTasks(arrival.message());
            runAll(bundle.exclusive(), take(arrival, bundle));
        } catch (MessageRefusedException e) {
            LOG.errorf("A message goes to the dead-letter queue: %s", e.why());
            arrival.reject(e.why());
        } catch (InterruptedException | ExecutionException | RuntimeException e) {
            LOG.error("A bundle broke off; the leases of its tasks will run out", e);
        }
    }

    private List<Execution> take(Arrival arrival, RunTasks bundle)
            throws InterruptedException, ExecutionException {
        Executions.Claim claim = executions.claim(bundle.tasks());
        List<TaskEvent> taken = new ArrayList<>();
        claim.fresh().forEach(execution -> taken.add(taken(execution)));
        outbox.publish(taken, commonTraceparent(bundle))
                .thenRun(() -> claim.fresh().forEach(Execution::confirmTaken));
        for (Execution execution : claim.all()) {
            execution.taken().get();
        }
        Failpoint.reached("taken.sent");
        arrival.accept();
        Failpoint.reached("taken.settled");
        return claim.fresh();
    }

    private void runAll(boolean exclusive, List<Execution> taken)
            throws InterruptedException, ExecutionException {
        try {
            if (turns.enter(exclusive, () -> taken.stream().anyMatch(Execution::waiting))) {
                runInTurn(exclusive, taken);
            }
        } finally {
            taken.forEach(this::letGo);
        }
    }

    private void runInTurn(boolean exclusive, List<Execution> taken)
            throws InterruptedException, ExecutionException {
        try {
            for (Execution execution : taken) {
                runOne(execution, exclusive, execution == taken.getLast());
            }
        } finally {
            turns.leave();
        }
    }

    /** Nobody works on it any more, so no heartbeat may name it. */
    private void letGo(Execution execution) {
        if (execution.stop()) {
            executions.drop(execution);
        }
    }

    /**
     * What is suspected of taking its worker down begins only when the broker knows that it begins:
     * otherwise an attempt that kills at once would never be counted.
     */
    private void runOne(Execution execution, boolean suspected, boolean last)
            throws InterruptedException, ExecutionException {
        if (!execution.waiting()) {
            return;
        }
        ObservedTask observed = observation.begin(execution.run());
        String traceparent = observed.traceparent();
        CompletableFuture<@Nullable Void> begun =
                outbox.publishSoon(started(execution), traceparent);
        if (suspected) {
            begun.get();
        }
        TaskEvent ending = attempt.run(execution, observed);
        observed.end(ending);
        if (ending != null && execution.finish()) {
            report(execution, ending, traceparent, last);
        }
    }

    /**
     * It is held, and named in heartbeats, until the broker has its last word. Of a bundle the last
     * hurries; the others wait a moment for each other.
     */
    private void report(
            Execution execution, TaskEvent ending, @Nullable String traceparent, boolean last)
            throws InterruptedException {
        TaskEvent word = carriable(execution, ending);
        Failpoint.reached("result.stored");
        (last ? outbox.publish(List.of(word), traceparent) : outbox.publishSoon(word, traceparent))
                .thenRun(() -> letGoAfter(word, execution))
                .thenRun(() -> Failpoint.reached("result.sent"));
    }

    /** A failure may be given back, and then the attempt comes again under the same number. */
    private void letGoAfter(TaskEvent last, Execution execution) {
        if (last instanceof TaskEvent.Succeeded) {
            executions.forget(execution);
        } else {
            executions.drop(execution);
        }
    }

    private static @Nullable String commonTraceparent(RunTasks bundle) {
        String first = bundle.tasks().getFirst().traceparent();
        boolean common =
                first != null
                        && bundle.tasks().stream().allMatch(run -> first.equals(run.traceparent()));
        return common ? first : null;
    }

    private static TaskEvent taken(Execution execution) {
        TaskRun run = execution.run();
        return new TaskEvent.Taken(run.taskId(), run.attempt(), execution.id());
    }

    private static TaskEvent started(Execution execution) {
        TaskRun run = execution.run();
        return new TaskEvent.Started(run.taskId(), run.attempt(), execution.id());
    }

    private TaskEvent carriable(Execution execution, TaskEvent ending) {
        try {
            return outbox.fits(ending)
                    ? ending
                    : Failures.event(
                            execution,
                            FailureCode.LIMIT_EXCEEDED.because(
                                    "The result is larger than a message can carry (48 KB)."));
        } catch (IllegalArgumentException e) {
            return Failures.event(execution, Failures.of(e, execution));
        }
    }
}
