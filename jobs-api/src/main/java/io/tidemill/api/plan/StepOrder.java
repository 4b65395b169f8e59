package io.tidemill.api.plan;

import io.tidemill.api.dto.FieldError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Puts steps into an order in which each comes after those it needs; finds what forbids that. Pure.
 */
public final class StepOrder {
    private final List<FieldError> errors = new ArrayList<>();
    private final Map<String, StepDraft> byId = new HashMap<>();

    private StepOrder() {}

    /** Either the steps in order, or what is wrong. */
    public record Ordered(List<PlannedStep> steps, List<FieldError> errors) {}

    /** Steps in order; steps that do not depend on each other keep the order they were given in. */
    public static Ordered of(List<StepDraft> drafts) {
        StepOrder order = new StepOrder();
        drafts.forEach(order::index);
        drafts.forEach(order::checkReferences);
        List<PlannedStep> steps = order.errors.isEmpty() ? order.sort(drafts) : List.of();
        return new Ordered(order.errors.isEmpty() ? steps : List.of(), List.copyOf(order.errors));
    }

    private void index(StepDraft draft) {
        if (draft.id().equals(StepDraft.FILE)) {
            error(draft, "id", "'file' means the job's own file; choose another id");
        } else if (byId.putIfAbsent(draft.id(), draft) != null) {
            error(
                    draft,
                    "id",
                    "there is another step '" + draft.id() + "'; give each step an id of its own");
        }
    }

    private void checkReferences(StepDraft draft) {
        for (int i = 0; i < draft.needs().size(); i++) {
            if (!byId.containsKey(draft.needs().get(i))) {
                error(draft, "needs/" + i, "there is no step '" + draft.needs().get(i) + "'");
            }
        }
        if (!draft.input().equals(StepDraft.FILE) && !byId.containsKey(draft.input())) {
            error(draft, "input", "there is no step '" + draft.input() + "'");
        }
    }

    private List<PlannedStep> sort(List<StepDraft> drafts) {
        Map<String, Integer> ordinals = new HashMap<>();
        List<PlannedStep> sorted = new ArrayList<>();
        Set<StepDraft> left = new LinkedHashSet<>(drafts);
        while (!left.isEmpty()) {
            StepDraft next =
                    left.stream()
                            .filter(draft -> ordinals.keySet().containsAll(needsOf(draft)))
                            .findFirst()
                            .orElse(null);
            if (next == null) {
                left.forEach(
                        draft ->
                                error(
                                        draft,
                                        "needs",
                                        "is part of a cycle; a step cannot wait for itself"));
                return List.of();
            }
            ordinals.put(next.id(), sorted.size());
            sorted.add(planned(next, ordinals));
            left.remove(next);
        }
        return sorted;
    }

    private static PlannedStep planned(StepDraft draft, Map<String, Integer> ordinals) {
        List<Integer> needs = needsOf(draft).stream().map(ordinals::get).sorted().toList();
        int input = ordinals.getOrDefault(draft.input(), PlannedStep.FILE);
        return new PlannedStep(
                ordinals.size() - 1,
                draft.id(),
                draft.operation(),
                draft.parameters(),
                needs,
                input);
    }

    private static Set<String> needsOf(StepDraft draft) {
        Set<String> needs = new LinkedHashSet<>(draft.needs());
        Stream.of(draft.input()).filter(input -> !input.equals(StepDraft.FILE)).forEach(needs::add);
        return needs;
    }

    private void error(StepDraft draft, String field, String detail) {
        errors.add(new FieldError("/steps/" + draft.index() + "/" + field, detail));
    }
}
