package io.tidemill.processor.task;

import io.tidemill.contract.Failure;
import io.tidemill.contract.FailureCode;

/** An attempt that is not even tried, and what its owner is told. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Failure failure;

    RefusedException(FailureCode code, String detail) {
        super(detail);
        this.failure = code.because(detail);
    }

    Failure failure() {
        return failure;
    }
}
