package io.tidemill.api.store;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of the attempt history, to be written or brought up to date. */
record AttemptChange(
        UUID execution,
        UUID taskId,
        int number,
        String worker,
        String outcome,
        @Nullable String error) {
    boolean ended() {
        return !outcome.equals("RUNNING");
    }
}
