package io.tidemill.api.plan;

import io.tidemill.api.lifecycle.TaskSignal;
import io.tidemill.contract.Failure;
import io.tidemill.contract.FailureCode;
import io.tidemill.contract.FileRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All tasks of one file of a job, and what becomes of the blocked ones once others have ended:
 * unblocked, skipped, refused, or, where a step takes the outputs of another, multiplied. Pure.
 */
public final class FileGraph {
    /** More tasks than this on one file are refused. */
    static final int MAX_TASKS = 1_000;

    /** How a task stands, as far as those waiting for it care. */
    public enum Standing {
        BLOCKED,
        OPEN,
        SUCCEEDED,
        LOST
    }

    /**
     * A task of the file; {@code parent} is the task whose output it takes, {@code input} is known
     * once that has ended.
     */
    public record Node(
            UUID id,
            int step,
            @Nullable UUID parent,
            int part,
            Standing standing,
            @Nullable FileRef input) {
        Node withStanding(Standing next) {
            return new Node(id, step, parent, part, next, input);
        }
    }

    /** What is to happen to a blocked task. */
    public record Change(
            UUID id, TaskSignal signal, @Nullable FileRef input, @Nullable Failure failure) {}

    /** A blocked task to be added, one more like the one it copies. */
    public record Copy(UUID id, UUID like, UUID parent, int part) {}

    /**
     * Everything that is to happen.
     *
     * @param inputs what tasks got to work on, by task; they may have to wait for other steps yet
     */
    public record Advance(List<Copy> copies, Map<UUID, FileRef> inputs, List<Change> changes) {}

    private final Map<Integer, PlannedStep> steps = new HashMap<>();
    private final Map<UUID, Node> nodes = new HashMap<>();
    private final List<Copy> copies = new ArrayList<>();
    private final Map<UUID, FileRef> inputs = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private final Supplier<UUID> ids;

    public FileGraph(List<PlannedStep> steps, List<Node> nodes, Supplier<UUID> ids) {
        steps.forEach(step -> this.steps.put(step.ordinal(), step));
        nodes.forEach(node -> this.nodes.put(node.id(), node));
        this.ids = ids;
    }

    /**
     * What follows, now that these tasks have succeeded with these outputs, or others have ended.
     *
     * @param outputs by task, of those that have just succeeded
     */
    public Advance advance(Map<UUID, List<FileRef>> outputs) {
        outputs.forEach(this::handOn);
        nodes.values().stream()
                .filter(node -> node.standing() == Standing.BLOCKED)
                .sorted(Comparator.comparingInt(Node::step))
                .map(Node::id)
                .toList()
                .forEach(this::settle);
        return new Advance(List.copyOf(copies), Map.copyOf(inputs), List.copyOf(changes));
    }

    /** Gives each output of a task to a task of its own, for every step that takes them. */
    private void handOn(UUID task, List<FileRef> outputs) {
        for (Node child : childrenOf(task)) {
            if (nodes.size() + (outputs.size() - 1) * branch(child) > MAX_TASKS) {
                end(child, new TaskSignal.Refuse(), tooMany(outputs.size()));
            } else if (!outputs.isEmpty()) {
                handOn(child, task, outputs);
            }
        }
    }

    private void handOn(Node child, UUID task, List<FileRef> outputs) {
        for (int part = 1; part < outputs.size(); part++) {
            give(copy(child, task, part), outputs.get(part));
        }
        give(child, outputs.getFirst());
    }

    /** How many tasks a copy of this one would add: itself and those that wait for its outputs. */
    private int branch(Node node) {
        return 1 + childrenOf(node.id()).stream().mapToInt(this::branch).sum();
    }

    private static Failure tooMany(int outputs) {
        return FailureCode.LIMIT_EXCEEDED.because(
                "The step it takes its input from made "
                        + outputs
                        + " files; that is more tasks than the "
                        + MAX_TASKS
                        + " one file may have.");
    }

    private void give(Node node, FileRef input) {
        inputs.put(node.id(), input);
        nodes.put(
                node.id(),
                new Node(
                        node.id(),
                        node.step(),
                        node.parent(),
                        node.part(),
                        node.standing(),
                        input));
    }

    private Node copy(Node like, UUID parent, int part) {
        Node copy = new Node(ids.get(), like.step(), parent, part, Standing.BLOCKED, null);
        nodes.put(copy.id(), copy);
        copies.add(new Copy(copy.id(), like.id(), parent, part));
        childrenOf(like.id()).forEach(child -> copy(child, copy.id(), child.part()));
        return copy;
    }

    private List<Node> childrenOf(UUID task) {
        return nodes.values().stream()
                .filter(node -> task.equals(node.parent()) && node.standing() == Standing.BLOCKED)
                .sorted(Comparator.comparingInt(Node::step).thenComparing(Node::part))
                .toList();
    }

    private void settle(UUID id) {
        Node node = nodes.get(id);
        PlannedStep step = node == null ? null : steps.get(node.step());
        if (node == null || step == null) {
            return;
        }
        PlannedStep lost = firstLost(node, step);
        if (lost != null) {
            end(node, new TaskSignal.Skip(), TaskPlanner.neededFailed(lost.id()));
        } else if (allSucceeded(node, step)) {
            release(node, step);
        }
    }

    private void release(Node node, PlannedStep step) {
        if (node.parent() != null && node.input() == null) {
            end(
                    node,
                    new TaskSignal.Skip(),
                    FailureCode.NEEDED_STEP_FAILED.because(
                            "The step it takes its input from made no files."));
            return;
        }
        FileRef input = node.input();
        Failure refusal = input == null ? null : TaskPlanner.refusal(step.operation(), "", input);
        if (refusal == null) {
            changes.add(new Change(node.id(), new TaskSignal.Unblock(), input, null));
            nodes.put(node.id(), node.withStanding(Standing.OPEN));
        } else {
            end(node, new TaskSignal.Refuse(), refusal);
        }
    }

    private void end(Node node, TaskSignal signal, Failure failure) {
        changes.add(new Change(node.id(), signal, node.input(), failure));
        nodes.put(node.id(), node.withStanding(Standing.LOST));
    }

    private @Nullable PlannedStep firstLost(Node node, PlannedStep step) {
        return neededBy(node, step).stream()
                .filter(needed -> needed.standing() == Standing.LOST)
                .min(Comparator.comparingInt(Node::step))
                .map(needed -> steps.get(needed.step()))
                .orElse(null);
    }

    private boolean allSucceeded(Node node, PlannedStep step) {
        return neededBy(node, step).stream()
                .allMatch(needed -> needed.standing() == Standing.SUCCEEDED);
    }

    /**
     * Of the step it takes its input from, only the task that made the input; of the other needed
     * steps, all tasks.
     */
    private List<Node> neededBy(Node node, PlannedStep step) {
        Set<Integer> needs = Set.copyOf(step.needs());
        return nodes.values().stream()
                .filter(
                        other ->
                                other.step() == step.input()
                                        ? other.id().equals(node.parent())
                                        : needs.contains(other.step()))
                .toList();
    }
}
