package io.tidemill.processor.task;

import io.tidemill.contract.TaskRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Everything this worker holds: from {@code Taken} until the broker has accepted the last word on
 * it. Remembers for a while what it held before, so that a message that comes twice is worked once.
 */
final class Executions {
    private static final int MOST_REMEMBERED = 10_000;

    /** What became of a bundle: attempts new here, and those already held. */
    record Claim(List<Execution> fresh, List<Execution> held) {
        List<Execution> all() {
            return Stream.concat(fresh.stream(), held.stream()).toList();
        }
    }

    private record Key(String taskId, int attempt) {
        static Key of(TaskRun run) {
            return new Key(run.taskId(), run.attempt());
        }
    }

    private final Map<String, Execution> byId = new LinkedHashMap<>();
    private final Map<Key, Execution> byAttempt = new LinkedHashMap<>();
    private final Map<Key, Boolean> remembered =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, Boolean> eldest) {
                    return size() > MOST_REMEMBERED;
                }
            };

    /** Takes what is new of a bundle, in its order. */
    synchronized Claim claim(List<TaskRun> runs) {
        Claim claim = new Claim(new ArrayList<>(), new ArrayList<>());
        for (TaskRun run : runs) {
            Execution held = byAttempt.get(Key.of(run));
            if (held != null) {
                claim.held().add(held);
            } else if (remembered.putIfAbsent(Key.of(run), true) == null) {
                claim.fresh().add(hold(run));
            }
        }
        return claim;
    }

    private Execution hold(TaskRun run) {
        Execution execution = new Execution(run, UUID.randomUUID().toString());
        byId.put(execution.id(), execution);
        byAttempt.put(Key.of(run), execution);
        return execution;
    }

    /**
     * Lets go of an execution that succeeded; its message, should it come again, is passed over.
     */
    synchronized void forget(Execution execution) {
        byId.remove(execution.id());
        byAttempt.remove(Key.of(execution.run()));
        notifyAll();
    }

    /** Whether within {@code time} there is nothing left to be told. */
    synchronized boolean noneWithin(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        long left = time.toMillis();
        while (!byId.isEmpty() && left > 0) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
        return byId.isEmpty();
    }

    /** Lets go of an execution that came to nothing; its attempt may be sent here once more. */
    synchronized void drop(Execution execution) {
        forget(execution);
        remembered.remove(Key.of(execution.run()));
    }

    /**
     * Ends executions that no longer count, as far as they are here and have not ended by
     * themselves. They stay held until it is told that they rest. Those that wait end first, or one
     * would begin when the one before it ends.
     */
    List<Execution> stop(Collection<String> ids) {
        return held().stream()
                .filter(execution -> ids.contains(execution.id()))
                .sorted(Comparator.comparing(Execution::waiting).reversed())
                .filter(Execution::stop)
                .toList();
    }

    synchronized List<Execution> held() {
        return List.copyOf(byId.values());
    }
}
