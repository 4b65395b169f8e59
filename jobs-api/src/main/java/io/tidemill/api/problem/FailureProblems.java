package io.tidemill.api.problem;

import io.tidemill.api.dto.Problem;
import io.tidemill.contract.ErrorClass;
import io.tidemill.contract.Failure;
import io.tidemill.contract.FailureCode;
import java.util.regex.Pattern;

/** Failures of tasks in the form of every other error. */
public final class FailureProblems {
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{0,62}");

    private FailureProblems() {}

    public static Problem problem(Failure failure) {
        String code = code(failure.code());
        return new Problem(
                ProblemWords.type(code),
                ProblemWords.title(code),
                status(failure.errorClass()),
                ProblemException.shown(failure.detail(), ProblemException.MAX_FIELD),
                null,
                code,
                failure.errorClass() != ErrorClass.PERMANENT,
                null,
                null,
                null);
    }

    /** Processors may send codes of their own; those of another form are not shown. */
    private static String code(String code) {
        return CODE.matcher(code).matches() ? code : FailureCode.INTERNAL_ERROR.name();
    }

    /** The status the same error would have as an answer: 422 for the caller's, 503 for ours. */
    private static int status(ErrorClass errorClass) {
        return switch (errorClass) {
            case PERMANENT -> 422;
            case TRANSIENT, CRASH, SYSTEM -> 503;
        };
    }
}
