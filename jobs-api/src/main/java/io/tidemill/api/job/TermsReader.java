package io.tidemill.api.job;

import io.tidemill.api.dto.FailureMode;
import io.tidemill.api.dto.FailurePolicy;
import io.tidemill.api.dto.FieldError;
import io.tidemill.api.dto.JobSubmission;
import io.tidemill.api.dto.RetryPolicy;
import io.tidemill.api.lifecycle.FailureLimit;
import io.tidemill.api.lifecycle.RetryRules;
import io.tidemill.api.lifecycle.RetrySchedule;
import io.tidemill.api.plan.JobTerms;
import io.tidemill.contract.OperationDescriptor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads when a job may run and what its failures come to. Pure. */
final class TermsReader {
    private static final Instant FAR = Instant.parse("9000-01-01T00:00:00Z");

    private TermsReader() {}

    static JobTerms terms(JobSubmission submission, List<FieldError> errors) {
        Instant schedule = submission.scheduleTime();
        Instant deadline = submission.deadline();
        checkFar("/scheduleTime", schedule, errors);
        checkFar("/deadline", deadline, errors);
        if (schedule != null && deadline != null && !deadline.isAfter(schedule)) {
            errors.add(
                    new FieldError(
                            "/deadline", "is not after scheduleTime; the job could never run"));
        }
        return new JobTerms(schedule, deadline, limit(submission.failurePolicy(), errors));
    }

    private static void checkFar(String pointer, @Nullable Instant time, List<FieldError> errors) {
        if (time != null && time.isAfter(FAR)) {
            errors.add(new FieldError(pointer, "lies too far in the future"));
        }
    }

    private static FailureLimit limit(@Nullable FailurePolicy policy, List<FieldError> errors) {
        if (policy == null) {
            return FailureLimit.NONE;
        }
        if (policy.mode() != FailureMode.FAIL_FAST) {
            return new FailureLimit(policy.maxFailed(), policy.maxFailedPercent());
        }
        if (policy.maxFailed() != null || policy.maxFailedPercent() != null) {
            errors.add(
                    new FieldError(
                            "/failurePolicy",
                            "FAIL_FAST tolerates no failure; leave out maxFailed and maxFailedPercent, or use CONTINUE"));
        }
        return FailureLimit.FAIL_FAST;
    }

    /** What the step says, else what the job says, else what the operation has. */
    static RetryRules retries(
            OperationDescriptor operation, @Nullable RetryPolicy step, @Nullable RetryPolicy job) {
        return new RetryRules(
                Optional.ofNullable(step)
                        .map(RetryPolicy::maxAttempts)
                        .or(() -> Optional.ofNullable(job).map(RetryPolicy::maxAttempts))
                        .orElse(operation.maxAttempts()),
                Optional.ofNullable(step)
                        .map(RetryPolicy::schedule)
                        .or(() -> Optional.ofNullable(job).map(RetryPolicy::schedule))
                        .or(() -> RetrySchedule.of(operation.retrySchedule()))
                        .orElse(RetrySchedule.STANDARD));
    }
}
