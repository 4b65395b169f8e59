package io.tidemill.faults.row;

import io.tidemill.faults.check.Counts;
import java.util.Optional;

/** What some rows ask for besides what must always hold. */
final class Demands {
    private Demands() {}

    /** The fault must have reached a processor at work. */
    static Optional<String> somethingSuperseded(Counts counts) {
        return counts.superseded() > 0
                ? Optional.empty()
                : Optional.of("the processor held nothing, or nothing was rescued");
    }

    /** A processor that lives, or is told to end, never has its work given to another. */
    static Optional<String> nothingSuperseded(Counts counts) {
        return counts.superseded() == 0
                ? Optional.empty()
                : Optional.of(counts.superseded() + " attempts of live processors were given up");
    }
}
