package io.tidemill.api.plan;

import io.tidemill.contract.OperationDescriptor;
import java.util.List;

/**
 * A step whose own fields are valid, not yet put in order.
 *
 * @param index where it stands in the submission
 * @param input id of a step, or {@value #FILE}
 */
public record StepDraft(
        int index,
        String id,
        OperationDescriptor operation,
        String parameters,
        List<String> needs,
        String input) {
    /** The job's own file. */
    public static final String FILE = "file";
}
