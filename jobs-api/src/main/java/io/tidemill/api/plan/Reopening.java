package io.tidemill.api.plan;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds which tasks of a file must be opened again together with some of them. Pure. */
public final class Reopening {
    private Reopening() {}

    /** A task of the file; {@code parent} is the task whose output it takes. */
    public record Node(UUID id, int step, @Nullable UUID parent, boolean skipped) {}

    /** The selected ones, and those that were skipped because they wait for one of these. */
    public static Set<UUID> of(List<PlannedStep> steps, List<Node> nodes, Set<UUID> selected) {
        Map<Integer, PlannedStep> byOrdinal = new HashMap<>();
        steps.forEach(step -> byOrdinal.put(step.ordinal(), step));
        Set<Node> reopened = new HashSet<>();
        nodes.stream().filter(node -> selected.contains(node.id())).forEach(reopened::add);
        // Steps need only steps before them, so one pass in their order finds all.
        nodes.stream()
                .filter(Node::skipped)
                .sorted(Comparator.comparingInt(Node::step))
                .filter(node -> waitsForAny(node, byOrdinal.get(node.step()), reopened))
                .forEach(reopened::add);
        Set<UUID> ids = new HashSet<>();
        reopened.forEach(node -> ids.add(node.id()));
        return ids;
    }

    private static boolean waitsForAny(Node node, @Nullable PlannedStep step, Set<Node> reopened) {
        return step != null && reopened.stream().anyMatch(other -> needs(node, step, other));
    }

    private static boolean needs(Node node, PlannedStep step, Node other) {
        return other.step() == step.input()
                ? other.id().equals(node.parent())
                : step.needs().contains(other.step());
    }
}
