package io.tidemill.api.store;

import io.tidemill.api.estimate.Cost;
import io.tidemill.api.estimate.Durations;
import io.tidemill.contract.OperationDescriptor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What operations cost, as the database last told, and what was measured here since it was told: a
 * few numbers for each operation. Thread-safe.
 */
@ApplicationScoped
public class OperationCosts {
    private Map<String, Durations> measured = new HashMap<>();
    private volatile Map<String, Cost> known = Map.of();

    /** Nothing, while nobody measured it. */
    public @Nullable Cost of(String operation) {
        return known.get(operation);
    }

    /**
     * What a task weighs: what it was measured to take, else what it is declared to take.
     *
     * @param bytes size of its input; null: not known
     */
    int weight(OperationDescriptor operation, @Nullable Long bytes) {
        Cost cost = of(operation.name());
        return Cost.weight(
                cost != null && cost.isKnown() ? cost.millis(bytes) : operation.expectedMillis());
    }

    /** Adds what has been committed. */
    synchronized void add(List<Applied.Measured> more) {
        more.forEach(one -> add(one.operation(), Durations.of(one.millis(), one.bytes())));
    }

    /** Adds again what could not be told. */
    public synchronized void giveBack(Map<String, Durations> untold) {
        untold.forEach(this::add);
    }

    private void add(String operation, Durations durations) {
        measured.merge(operation, durations, Durations::plus);
    }

    /** What was measured since this was asked last; to be told to the database. */
    public synchronized Map<String, Durations> take() {
        Map<String, Durations> taken = measured;
        measured = new HashMap<>();
        return taken;
    }

    /** What the database knows now. */
    public void know(Map<String, Cost> costs) {
        known = Map.copyOf(costs);
    }
}
