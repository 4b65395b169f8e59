package io.tidemill.processor.engine.embedded;

import io.tidemill.contract.Failure;
import java.io.IOException;

/** Thrown by an embedded engine that will not go on with a file, for a reason its owner is told. */
public final class RejectedInput extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public RejectedInput(Failure failure) {
        super(failure.detail());
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
