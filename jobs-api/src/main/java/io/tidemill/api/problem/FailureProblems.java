package io.tidemill.api.problem;

import io.tidemill.api.dto.Problem;
import io.tidemill.contract.ErrorClass;
import io.tidemill.contract.Failure;

/** Failures of tasks in the form of every other error. */
public final class FailureProblems {
    private FailureProblems() {}

    public static Problem problem(Failure failure) {
        return new Problem(
                ProblemWords.type(failure.code()),
                ProblemWords.title(failure.code()),
                status(failure.errorClass()),
                failure.detail(),
                null,
                failure.code(),
                failure.errorClass() != ErrorClass.PERMANENT,
                null,
                null,
                null);
    }

    /** The status the same error would have as an answer: 422 for the caller's, 503 for ours. */
    private static int status(ErrorClass errorClass) {
        return switch (errorClass) {
            case PERMANENT -> 422;
            case TRANSIENT, CRASH, SYSTEM -> 503;
        };
    }
}
