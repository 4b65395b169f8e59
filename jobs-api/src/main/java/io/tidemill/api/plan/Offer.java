package io.tidemill.api.plan;

import io.tidemill.api.dto.StepSubmission;
import io.tidemill.contract.OperationDescriptor;
import java.util.List;
import java.util.Optional;

/** What a job may ask for; the catalogue provides it. */
public interface Offer {
    /** The operation of that name, if there is one. */
    Optional<OperationDescriptor> operation(String name);

    /** The steps of the pipeline of that name, if there is one. */
    Optional<List<StepSubmission>> pipeline(String name);
}
