package io.tidemill.api.web;

import io.tidemill.api.dto.Attempt;
import io.tidemill.api.dto.AttemptOutcome;
import io.tidemill.api.problem.FailureProblems;
import io.tidemill.api.store.TaskView;

/** Attempts as clients see them. Pure. */
public final class AttemptViews {
    private AttemptViews() {}

    public static Attempt attempt(TaskView.AttemptView attempt) {
        return new Attempt(
                attempt.number(),
                attempt.worker().isEmpty() ? null : attempt.worker(),
                attempt.startTime(),
                attempt.endTime(),
                AttemptOutcome.valueOf(attempt.outcome()),
                attempt.error() == null ? null : FailureProblems.problem(attempt.error()));
    }
}
