package io.tidemill.api.problem;

import io.tidemill.api.dto.Problem;
import io.tidemill.contract.ErrorClass;
import io.tidemill.contract.Failure;
import java.util.Locale;

/** Failures of tasks in the form of every other error. */
public final class FailureProblems {
    private FailureProblems() {}

    public static Problem problem(Failure failure) {
        String words = failure.code().toLowerCase(Locale.ROOT);
        String title = words.replace('_', ' ');
        return new Problem(
                "urn:tidemill:problem:" + words.replace('_', '-'),
                Character.toUpperCase(title.charAt(0)) + title.substring(1),
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
