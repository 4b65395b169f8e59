package io.tidemill.faults.row;

import io.tidemill.faults.check.Counts;
import io.tidemill.faults.load.Load.Volume;
import io.tidemill.faults.system.Setup;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One fault and what must hold under it.
 *
 * @param id in kebab case
 * @param sentence what is done, for people
 * @param mayFail error codes with which tasks may end; without it, all must succeed
 * @param obstacle why this machine cannot run the row, if so
 * @param demand what must hold besides what always must; says what does not
 */
public record FaultRow(
        String id,
        String sentence,
        Setup setup,
        Volume volume,
        Set<String> mayFail,
        Supplier<Optional<String>> obstacle,
        Function<Counts, Optional<String>> demand,
        Injection injection) {
    public FaultRow {
        mayFail = Set.copyOf(mayFail);
    }

    /** A row on the usual system, under which every task must succeed. */
    public static FaultRow of(String id, String sentence, Injection injection) {
        return new FaultRow(
                id,
                sentence,
                Setup.USUAL,
                Volume.USUAL,
                Set.of(),
                Optional::empty,
                _ -> Optional.empty(),
                injection);
    }

    public FaultRow on(Setup other) {
        return new FaultRow(id, sentence, other, volume, mayFail, obstacle, demand, injection);
    }

    public FaultRow under(Volume other) {
        return new FaultRow(id, sentence, setup, other, mayFail, obstacle, demand, injection);
    }

    /** Tasks may end with these error codes. */
    public FaultRow allowing(String... codes) {
        return new FaultRow(
                id, sentence, setup, volume, Set.of(codes), obstacle, demand, injection);
    }

    /**
     * @param other says why the row cannot run here, if so
     */
    public FaultRow unless(Supplier<Optional<String>> other) {
        return new FaultRow(id, sentence, setup, volume, mayFail, other, demand, injection);
    }

    /**
     * @param other says what does not hold, if so
     */
    public FaultRow demanding(Function<Counts, Optional<String>> other) {
        return new FaultRow(id, sentence, setup, volume, mayFail, obstacle, other, injection);
    }
}
