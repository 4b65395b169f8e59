package io.tidemill.api.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All that bounds what may go in a round. A task may go while nothing it falls under is used up.
 */
public final class Allowances {
    private final List<Allowance> ofAll = new ArrayList<>();
    private final Map<String, List<Allowance>> ofOwners = new HashMap<>();
    private final Map<String, List<Allowance>> ofOperations = new HashMap<>();

    /** Bounds all tasks together. */
    public Allowances all(Allowance allowance) {
        ofAll.add(allowance);
        return this;
    }

    /** Bounds the tasks of an owner. */
    public Allowances owner(String owner, Allowance allowance) {
        ofOwners.computeIfAbsent(owner, _ -> new ArrayList<>()).add(allowance);
        return this;
    }

    /** Bounds the tasks of an operation; of several together, when given for each. */
    public Allowances operation(String operation, Allowance allowance) {
        ofOperations.computeIfAbsent(operation, _ -> new ArrayList<>()).add(allowance);
        return this;
    }

    /** Whether another task of these may go. */
    public boolean allow(String owner, String operation) {
        return of(owner, operation).noneMatch(Allowance::isUsedUp);
    }

    /** Whether no task at all may go. */
    boolean areUsedUp() {
        return ofAll.stream().anyMatch(Allowance::isUsedUp);
    }

    void use(WaitingTask task) {
        of(task.owner(), task.operation()).forEach(Allowance::use);
    }

    private Stream<Allowance> of(String owner, String operation) {
        return Stream.of(
                        ofAll,
                        ofOwners.getOrDefault(owner, List.of()),
                        ofOperations.getOrDefault(operation, List.of()))
                .flatMap(List::stream);
    }
}
