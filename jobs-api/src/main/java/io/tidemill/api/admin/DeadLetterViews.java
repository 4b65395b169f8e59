package io.tidemill.api.admin;

import io.tidemill.api.dto.DeadLetterKind;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.problem.FailureProblems;
import io.tidemill.api.store.DeadLetterStore.DeadLetter;
import io.tidemill.api.web.AttemptViews;
import io.tidemill.contract.ErrorClass;
import io.tidemill.contract.Failure;

/** Dead letters as operators see them. Pure. */
final class DeadLetterViews {
    private DeadLetterViews() {}

    static io.tidemill.api.dto.DeadLetter letter(DeadLetter letter) {
        return new io.tidemill.api.dto.DeadLetter(
                TypeId.DEAD_LETTER.format(letter.id()),
                DeadLetterKind.valueOf(letter.kind()),
                letter.createTime(),
                letter.owner(),
                letter.jobId() == null ? null : TypeId.JOB.format(letter.jobId()),
                letter.taskId() == null ? null : TypeId.TASK.format(letter.taskId()),
                letter.operation(),
                FailureProblems.problem(
                        new Failure(letter.code(), ErrorClass.PERMANENT, letter.detail())),
                letter.attempts().stream().map(AttemptViews::attempt).toList(),
                letter.address(),
                letter.body());
    }
}
