package io.tidemill.api.store;

import io.tidemill.api.lifecycle.RetrySchedule;
import io.tidemill.api.lifecycle.TaskState;
import io.tidemill.contract.Failure;
import io.tidemill.contract.FileRef;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A task while its row is locked: where it stood, and what the batch has made of it so far. */
final class TaskMemory {
    final UUID id;
    final Place place;
    final Tries tries;
    final TaskState before;
    final int attemptBefore;
    TaskState state;
    @Nullable FileRef input;
    @Nullable String worker;
    @Nullable Long delayMillis;
    int percentBefore;
    @Nullable Integer percent;
    @Nullable String activity;
    @Nullable String checkpoint;
    @Nullable String result;
    @Nullable Failure failure;
    int losses;
    boolean touched;
    boolean leaseEnded;
    boolean begun;
    @Nullable UUID succeededBy;
    private TaskState lastLive;

    /**
     * Where a task belongs.
     *
     * @param parent the task whose output it takes
     * @param part which of those outputs
     */
    record Place(
            UUID jobId,
            int fileOrdinal,
            int step,
            @Nullable UUID parent,
            int part,
            String operation) {}

    /**
     * How often it may begin.
     *
     * @param max number of the last attempt
     * @param allowed attempts since it was submitted, or last retried on request
     */
    record Tries(int max, int allowed, RetrySchedule schedule) {
        /** How many of the allowed ones are used up by that attempt. */
        int used(int attempt) {
            return Math.max(1, attempt - (max - allowed));
        }
    }

    TaskMemory(UUID id, Place place, Tries tries, int attempt, TaskState state) {
        this.id = id;
        this.place = place;
        this.tries = tries;
        this.attemptBefore = attempt;
        this.before = state;
        this.state = state;
        this.lastLive = state;
    }

    UUID jobId() {
        return place.jobId();
    }

    /**
     * The number in the column {@code attempt}; a task that has ended keeps the number of its last
     * attempt.
     */
    int attempt() {
        return Sql.attempt(state, Sql.attempt(lastLive, attemptBefore));
    }

    /** The column {@code execution}: who holds it, or whose result it has. */
    @Nullable UUID execution() {
        return state instanceof TaskState.Succeeded ? succeededBy : Sql.execution(state);
    }

    /** How much of it counts as done while it is open: the most it has told of. */
    int openPercent() {
        return state.ended() ? 0 : Math.max(percentBefore, percent == null ? 0 : percent);
    }

    void moveTo(TaskState next) {
        if (!state.ended()) {
            lastLive = state;
        }
        state = next;
        touched = true;
    }
}
