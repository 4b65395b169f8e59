package io.tidemill.api.store;

import io.tidemill.contract.OperationDescriptor;
import java.util.Optional;

/** What the stores need to know of the operations; the catalogue provides it. */
public interface OperationLookup {
    /**
     * The descriptor of an operation that some job uses.
     *
     * @throws IllegalStateException when this installation no longer has it
     */
    OperationDescriptor descriptor(String name);

    /** The same; empty when this installation no longer has it. */
    Optional<OperationDescriptor> find(String name);
}
