package io.tidemill.api.plan;

import io.tidemill.api.lifecycle.TaskSignal;
import io.tidemill.api.lifecycle.TaskState;
import io.tidemill.api.plan.FileGraph.Advance;
import io.tidemill.api.plan.FileGraph.Node;
import io.tidemill.api.plan.FileGraph.Standing;
import io.tidemill.contract.Failure;
import io.tidemill.contract.FileRef;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of one file named {@code a}, kept in memory as the store keeps them in the database:
 * only what an {@link Advance} says is remembered from one event to the next.
 */
final class Playing {
    private final List<PlannedStep> steps;
    private final Map<UUID, Node> nodes = new LinkedHashMap<>();
    private final Map<UUID, String> failures = new HashMap<>();
    private List<TaskSignal> lastSignals = List.of();

    Playing(PlannedStep... steps) {
        this.steps = List.of(steps);
        new TaskPlanner(this.steps, _ -> UUID.randomUUID())
                .tasksOf(0, "file_a", Steps.file("a"))
                .forEach(this::add);
    }

    private void add(PlannedTask task) {
        Standing standing =
                task.state() instanceof TaskState.Queued ? Standing.OPEN : Standing.BLOCKED;
        put(new Node(task.id(), task.step().ordinal(), task.parent(), 0, standing, task.input()));
    }

    void succeed(int step, String... outputs) {
        succeed(step, files(outputs));
    }

    void succeed(int step, List<FileRef> outputs) {
        succeed(open(step, null), outputs);
    }

    /** The task of that step that works on this output succeeds. */
    void succeedOn(int step, String input, String... outputs) {
        succeed(open(step, input), files(outputs));
    }

    void lose(int step) {
        lose(open(step, null));
    }

    void loseOn(int step, String input) {
        lose(open(step, input));
    }

    /** How the tasks of a step stand: standing, input made by another step, failure. */
    List<String> of(int step) {
        return nodes.values().stream()
                .filter(node -> node.step() == step)
                .map(this::words)
                .sorted()
                .toList();
    }

    int size() {
        return nodes.size();
    }

    List<TaskSignal> lastSignals() {
        return lastSignals;
    }

    Advance advance(Map<UUID, List<FileRef>> outputs) {
        Advance advance =
                new FileGraph(steps, List.copyOf(nodes.values()), UUID::randomUUID)
                        .advance(outputs);
        advance.copies().forEach(this::add);
        advance.inputs().forEach(this::give);
        advance.changes().forEach(this::change);
        lastSignals = advance.changes().stream().map(FileGraph.Change::signal).toList();
        return advance;
    }

    private void add(FileGraph.Copy copy) {
        int step = node(copy.like()).step();
        put(new Node(copy.id(), step, copy.parent(), copy.part(), Standing.BLOCKED, null));
    }

    private void give(UUID task, FileRef input) {
        Node node = node(task);
        put(new Node(task, node.step(), node.parent(), node.part(), node.standing(), input));
    }

    private void change(FileGraph.Change change) {
        boolean goesOn = change.signal() instanceof TaskSignal.Unblock;
        put(node(change.id()).withStanding(goesOn ? Standing.OPEN : Standing.LOST));
        Failure failure = change.failure();
        if (failure != null) {
            failures.put(change.id(), failure.code());
        }
    }

    private void succeed(Node node, List<FileRef> outputs) {
        put(node.withStanding(Standing.SUCCEEDED));
        advance(Map.of(node.id(), outputs));
    }

    private void lose(Node node) {
        put(node.withStanding(Standing.LOST));
        advance(Map.of());
    }

    private Node open(int step, @Nullable String input) {
        return nodes.values().stream()
                .filter(node -> node.step() == step && node.standing() == Standing.OPEN)
                .filter(node -> input == null || input.equals(inputName(node)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no open task of step " + step));
    }

    private String words(Node node) {
        boolean shown = node.parent() != null || node.standing() == Standing.OPEN;
        String input = shown && node.input() != null ? " " + inputName(node) : "";
        String failure = failures.containsKey(node.id()) ? " " + failures.get(node.id()) : "";
        return node.standing() + input + failure;
    }

    private static @Nullable String inputName(Node node) {
        FileRef input = node.input();
        return input == null ? null : input.name();
    }

    private Node node(UUID id) {
        Node node = nodes.get(id);
        if (node == null) {
            throw new AssertionError("no task " + id);
        }
        return node;
    }

    private void put(Node node) {
        nodes.put(node.id(), node);
    }

    private static List<FileRef> files(String... names) {
        return Arrays.stream(names).map(Steps::file).toList();
    }
}
