package io.tidemill.api.store;

import io.tidemill.api.estimate.QueueLoad;
import io.tidemill.api.estimate.QueuedTask;
import io.tidemill.api.estimate.QueuedTask.Brake;
import io.tidemill.api.estimate.QueuedTask.Place;
import io.tidemill.api.estimate.QueuedTask.Rival;
import io.tidemill.api.estimate.WaitReason;
import io.tidemill.api.store.CircuitStore.Standing;
import io.tidemill.api.store.LimitStore.Running;
import io.tidemill.api.store.QueuePlaces.Flow;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All task queues as they stood a moment ago: who has how many tasks waiting, what processors have
 * in hand, and what may not go. Immutable; the same for whoever asks.
 */
public final class QueuePicture {
    private static final double HALF = 0.5;

    private final DispatchLimits limits;
    private final Map<String, Standing> circuits;
    private final List<Running> running;
    private final List<Backlog> backlogs;
    private final ToIntFunction<String> millis;
    private final Set<String> barredOwners;
    private final Set<String> barredOperations;
    private final Duration took;

    /** Waiting tasks of an owner and an operation that have not been sent. */
    record Backlog(String owner, String taskQueue, String operation, long tasks) {}

    /**
     * The picture.
     *
     * @param millis what a task of an operation is expected to take
     * @param took how long it took to look
     */
    QueuePicture(
            LimitStore.Limits set,
            Map<String, Standing> circuits,
            List<Backlog> backlogs,
            ToIntFunction<String> millis,
            Duration took) {
        this.limits = DispatchLimits.of(set);
        this.circuits = Map.copyOf(circuits);
        this.running = set.running();
        this.backlogs = List.copyOf(backlogs);
        this.millis = millis;
        this.barredOwners = limits.barredOwners();
        this.barredOperations = limits.barredOperations();
        circuits.values().stream()
                .filter(Standing::holds)
                .map(Standing::operation)
                .forEach(barredOperations::add);
        this.took = took;
    }

    public Duration took() {
        return took;
    }

    /** What the owner of these has waiting in their task queue, and they themselves. */
    public List<Flow> flows(List<Waiter> waiters) {
        Waiter any = waiters.getFirst();
        Stream<String> others =
                backlogs.stream()
                        .filter(one -> one.owner().equals(any.owner()))
                        .filter(one -> one.taskQueue().equals(any.taskQueue()))
                        .map(Backlog::operation);
        return Stream.concat(waiters.stream().map(Waiter::operation), others)
                .distinct()
                .map(name -> new Flow(name, millis.applyAsInt(name), line(name)))
                .toList();
    }

    /** What may not go now delays nothing else, and stands in a line of its own. */
    private String line(String operation) {
        return barredOperations.contains(operation) ? operation : "";
    }

    /** Other owners that take turns with one in that task queue, for tasks of that line. */
    public List<Rival> rivals(Waiter waiter) {
        String line = line(waiter.operation());
        Map<String, Rival> rivals = new HashMap<>();
        for (Backlog one : backlogs) {
            if (one.taskQueue().equals(waiter.taskQueue())
                    && line(one.operation()).equals(line)
                    && !one.owner().equals(waiter.owner())
                    && !barredOwners.contains(one.owner())) {
                Rival rival = rival(one);
                rivals.merge(one.owner(), rival, QueuePicture::together);
            }
        }
        return List.copyOf(rivals.values());
    }

    private Rival rival(Backlog one) {
        double work = (double) one.tasks() * millis.applyAsInt(one.operation());
        return new Rival(limits.weight(one.owner()), one.tasks(), work);
    }

    private static Rival together(Rival a, Rival b) {
        return new Rival(a.weight(), a.tasks() + b.tasks(), a.millis() + b.millis());
    }

    /** The task with all that may keep it waiting. */
    public QueuedTask task(Waiter waiter, @Nullable Place place, List<Rival> rivals, Instant now) {
        String operation = waiter.operation();
        List<Brake> brakes =
                limits.brakes(waiter.taskQueue(), waiter.owner(), operation, this::left);
        return new QueuedTask(
                reason(waiter, !brakes.isEmpty(), now),
                notBefore(waiter),
                place,
                limits.weight(waiter.owner()),
                rivals,
                brakes,
                before -> limits.untilTokens(operation, before + 1, now).toMillis());
    }

    private WaitReason reason(Waiter waiter, boolean full, Instant now) {
        if (waiter.reason() != WaitReason.QUEUE) {
            return waiter.reason();
        }
        if (full) {
            return WaitReason.CONCURRENCY_LIMIT;
        }
        return limits.isSpent(waiter.operation(), now) ? WaitReason.RATE_LIMIT : WaitReason.QUEUE;
    }

    private @Nullable Instant notBefore(Waiter waiter) {
        Standing circuit = circuits.get(waiter.operation());
        return waiter.reason() == WaitReason.CIRCUIT_OPEN && circuit != null
                ? circuit.openUntil()
                : waiter.notBefore();
    }

    /** What goes on in a task queue that has so many slots. */
    public QueueLoad load(String taskQueue, int slots, Duration turn, Instant now) {
        List<Running> here =
                running.stream().filter(one -> one.taskQueue().equals(taskQueue)).toList();
        return new QueueLoad(
                now,
                slots,
                here.stream().mapToInt(Running::tasks).sum(),
                here.stream().mapToDouble(this::left).sum(),
                turn.toMillis());
    }

    /** One that runs has half of its work behind it, for all that is known. */
    private double left(Running one) {
        double tasks = one.sent() + HALF * (one.tasks() - one.sent());
        return tasks * millis.applyAsInt(one.operation());
    }
}
