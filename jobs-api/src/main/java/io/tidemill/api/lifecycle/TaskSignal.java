package io.tidemill.api.lifecycle;

import io.tidemill.contract.ErrorClass;

/** Something that happens to a task. */
public sealed interface TaskSignal {

    /** Every step it needs has succeeded. */
    record Unblock() implements TaskSignal {}

    /** A step it needs will never succeed. */
    record Skip() implements TaskSignal {}

    /** It can never run: its input is not what its operation accepts. */
    record Refuse() implements TaskSignal {}

    /** The dispatcher sends it off. */
    record Dispatch() implements TaskSignal {}

    /** Nobody wants it any more. */
    record Cancel() implements TaskSignal {}

    /** It must not begin now (pause): it is taken back from wherever it waits. */
    record Withdraw() implements TaskSignal {}

    /** It shall run after all, or again; {@code attempts} are used up. */
    record Retry(int attempts) implements TaskSignal {}

    /** The time for the next attempt has come. */
    record RetryDue() implements TaskSignal {}

    /** The processor fell silent. */
    record LeaseEnd() implements TaskSignal {}

    /** Something a processor says about one execution of one attempt. */
    sealed interface Report extends TaskSignal {
        int attempt();

        String execution();
    }

    /** It holds the task. */
    record Take(int attempt, String execution) implements Report {}

    /** It has begun. */
    record Start(int attempt, String execution) implements Report {}

    /** It still works on it, or still holds it. */
    record Beat(int attempt, String execution) implements Report {}

    /** It is done. */
    record Succeed(int attempt, String execution) implements Report {}

    /** It failed. */
    record Fail(int attempt, String execution, ErrorClass errorClass) implements Report {}

    /** It was told to stop, and nothing of it runs any more. */
    record Stopped(int attempt, String execution) implements Report {}

    /** It gives the task back unfinished. */
    record Release(int attempt, String execution) implements Report {}
}
