package io.tidemill.api.plan;

import io.tidemill.contract.OperationDescriptor;
import java.util.List;

/**
 * A step, checked and in order: it needs only steps before it.
 *
 * @param parameters JSON text, valid against the operation's schema
 * @param needs ordinals of earlier steps, the one it takes its input from included
 * @param input ordinal of the step whose outputs it takes, or {@link #FILE}
 */
public record PlannedStep(
        int ordinal,
        String id,
        OperationDescriptor operation,
        String parameters,
        List<Integer> needs,
        int input) {
    /** The job's file is the input. */
    public static final int FILE = -1;

    public PlannedStep {
        needs = List.copyOf(needs);
    }

    public boolean takesFile() {
        return input == FILE;
    }
}
