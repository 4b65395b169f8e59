package io.tidemill.api.model;

import io.tidemill.api.lifecycle.TaskSignal;
import io.tidemill.api.store.Applied;
import io.tidemill.api.store.DispatchStore.Sent;
import io.tidemill.api.store.TaskReport;
import io.tidemill.contract.ErrorClass;
import io.tidemill.contract.FailureCode;
import io.tidemill.contract.FileRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Everything outside the database: messages on their way, executions of workers, events not yet
 * delivered. Whatever is on its way may be lost, repeated or overtaken.
 */
final class Processors {
    private static final FileRef OUTPUT = new FileRef("out.txt", "text/plain", 1, "e".repeat(64));

    /** One execution; {@code begun} and {@code over} are what its worker knows. */
    private static final class Execution {
        final UUID task;
        final int attempt;
        final String id = UUID.randomUUID().toString();
        boolean begun;

        Execution(UUID task, int attempt) {
            this.task = task;
            this.attempt = attempt;
        }
    }

    private final RandomGenerator random;
    private final List<Sent> messages = new ArrayList<>();
    private final List<Execution> executions = new ArrayList<>();
    private final List<TaskReport> events = new ArrayList<>();
    private final Set<String> toStop = new HashSet<>();

    Processors(RandomGenerator random) {
        this.random = random;
    }

    void receive(Collection<Sent> sent) {
        messages.addAll(sent);
    }

    void told(Applied applied) {
        toStop.addAll(applied.stops());
    }

    boolean idle() {
        return messages.isEmpty() && executions.isEmpty() && events.isEmpty();
    }

    /** A worker takes a message, or it gets lost, or two workers take it. */
    String take() {
        if (messages.isEmpty()) {
            return "no message";
        }
        Sent message = messages.get(random.nextInt(messages.size()));
        int fate = random.nextInt(10);
        if (fate > 0) {
            messages.remove(message);
        }
        if (fate == 9) {
            return "lost a message";
        }
        Execution execution = new Execution(message.id(), message.attempt());
        executions.add(execution);
        say(execution, new TaskSignal.Take(execution.attempt, execution.id));
        return "take " + message.attempt();
    }

    /** Some execution goes on in some way. */
    String work() {
        if (executions.isEmpty()) {
            return "nothing to work on";
        }
        Execution execution = executions.get(random.nextInt(executions.size()));
        if (toStop.contains(execution.id) && random.nextBoolean()) {
            executions.remove(execution);
            say(execution, new TaskSignal.Stopped(execution.attempt, execution.id));
            return "stopped";
        }
        if (!execution.begun) {
            execution.begun = true;
            say(execution, new TaskSignal.Start(execution.attempt, execution.id));
            return "start";
        }
        return goOn(execution);
    }

    private String goOn(Execution execution) {
        switch (random.nextInt(7)) {
            case 0 -> say(execution, new TaskSignal.Beat(execution.attempt, execution.id));
            case 1 -> fail(execution, ErrorClass.TRANSIENT, FailureCode.TIMEOUT);
            case 2 -> fail(execution, ErrorClass.PERMANENT, FailureCode.INVALID_INPUT);
            case 3 -> fail(execution, ErrorClass.CRASH, FailureCode.ENGINE_CRASHED);
            case 4 -> {
                executions.remove(execution);
                say(execution, new TaskSignal.Release(execution.attempt, execution.id));
            }
            default -> succeed(execution);
        }
        return "go on";
    }

    private void succeed(Execution execution) {
        executions.remove(execution);
        List<FileRef> outputs = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            outputs.add(OUTPUT);
        }
        events.add(
                new TaskReport(
                        execution.task,
                        new TaskSignal.Succeed(execution.attempt, execution.id),
                        "w",
                        new TaskReport.Details(
                                null, null, null, Map.of("by", execution.id), outputs, null)));
    }

    private void fail(Execution execution, ErrorClass errorClass, FailureCode code) {
        executions.remove(execution);
        events.add(
                new TaskReport(
                        execution.task,
                        new TaskSignal.Fail(execution.attempt, execution.id, errorClass),
                        "w",
                        TaskReport.Details.of(code.because("As the model wanted."))));
    }

    private void say(Execution execution, TaskSignal signal) {
        events.add(new TaskReport(execution.task, signal, "w", TaskReport.Details.NONE));
    }

    /** A worker dies with everything it held. */
    String crash() {
        int before = executions.size();
        executions.removeIf(_ -> random.nextBoolean());
        return "crash of " + (before - executions.size());
    }

    /** Some events, in any order; some stay and will come again, some are lost. */
    List<TaskReport> batch() {
        List<TaskReport> batch = new ArrayList<>();
        for (TaskReport event : List.copyOf(events)) {
            switch (random.nextInt(6)) {
                case 0, 1, 2 -> {
                    batch.add(batch.isEmpty() ? 0 : random.nextInt(batch.size() + 1), event);
                    events.remove(event);
                }
                case 3 -> batch.add(event);
                case 4 -> events.remove(event);
                default -> {}
            }
        }
        return batch;
    }

    /** From now on nothing goes wrong: every execution there is ends, everything said is heard. */
    List<TaskReport> allThatIsLeft() {
        for (Execution execution : List.copyOf(executions)) {
            if (toStop.contains(execution.id)) {
                executions.remove(execution);
                say(execution, new TaskSignal.Stopped(execution.attempt, execution.id));
            } else {
                succeed(execution);
            }
        }
        List<TaskReport> all = List.copyOf(events);
        events.clear();
        return all;
    }

    void takeAll() {
        while (!messages.isEmpty()) {
            Sent message = messages.removeLast();
            Execution execution = new Execution(message.id(), message.attempt());
            executions.add(execution);
            say(execution, new TaskSignal.Take(execution.attempt, execution.id));
        }
    }
}
