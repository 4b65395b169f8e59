package io.tidemill.api.store;

import io.tidemill.api.lifecycle.TaskState;
import io.tidemill.contract.FileRef;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A task while its row is locked: where it stood, and what the batch has made of it so far. */
final class TaskMemory {
    final UUID id;
    final UUID jobId;
    final int fileOrdinal;
    final int step;
    final @Nullable UUID parent;
    final int part;
    final int maxAttempts;
    final TaskState before;
    final int attemptBefore;
    TaskState state;
    @Nullable FileRef input;
    @Nullable String worker;
    @Nullable Long delayMillis;
    @Nullable Integer percent;
    @Nullable String activity;
    @Nullable String checkpoint;
    @Nullable String result;
    @Nullable String error;
    boolean touched;
    boolean leaseEnded;
    private TaskState lastLive;

    TaskMemory(
            UUID id,
            UUID jobId,
            int fileOrdinal,
            int step,
            @Nullable UUID parent,
            int part,
            int maxAttempts,
            int attempt,
            TaskState state) {
        this.id = id;
        this.jobId = jobId;
        this.fileOrdinal = fileOrdinal;
        this.step = step;
        this.parent = parent;
        this.part = part;
        this.maxAttempts = maxAttempts;
        this.attemptBefore = attempt;
        this.before = state;
        this.state = state;
        this.lastLive = state;
    }

    /**
     * The number in the column {@code attempt}; a task that has ended keeps the number of its last
     * attempt.
     */
    int attempt() {
        return Sql.attempt(state, Sql.attempt(lastLive, attemptBefore));
    }

    void moveTo(TaskState next) {
        if (!state.ended()) {
            lastLive = state;
        }
        state = next;
        touched = true;
    }
}
