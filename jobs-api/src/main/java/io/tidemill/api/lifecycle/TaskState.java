package io.tidemill.api.lifecycle;

/**
 * Where a task stands. {@code attempt} is the number of the attempt under way, {@code attempts} how
 * many are used up. The diagram in {@code docs/job-lifecycle.md} shows what follows what.
 */
public sealed interface TaskState {

    /** Waits for a needed step; {@code attempts} are from before it was retried. */
    record Blocked(int attempts) implements TaskState {}

    /** Waits for its turn. */
    record Queued(int attempts) implements TaskState {}

    /** Its message is on the way; nobody has answered yet. */
    record Dispatched(int attempt) implements TaskState {}

    /** A processor holds it and has not begun. */
    record Taken(int attempt, String execution) implements TaskState {}

    /** A processor works on it. */
    record Running(int attempt, String execution) implements TaskState {}

    /** A processor holds it and was told to stop; ends when nothing of it runs any more. */
    record Stopping(int attempt, String execution) implements TaskState {}

    /** Failed for now; queued again when its time has come. */
    record Retrying(int attempts) implements TaskState {}

    /** Done. */
    record Succeeded() implements TaskState {}

    /** Failed for good: a dead letter. */
    record Failed() implements TaskState {}

    /** Given up on request, by a deadline or by a failure policy. */
    record Cancelled() implements TaskState {}

    /** Will not run, because a needed step failed or made nothing to work on. */
    record Skipped() implements TaskState {}

    /** Whether nothing can follow. */
    default boolean ended() {
        return switch (this) {
            case Blocked _, Queued _, Dispatched _, Taken _, Running _, Stopping _, Retrying _ ->
                    false;
            case Succeeded _, Failed _, Cancelled _, Skipped _ -> true;
        };
    }
}
