package io.tidemill.api.dto;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One try at a task. */
public record Attempt(
        int number,
        @Nullable String worker,
        @Nullable Instant startTime,
        @Nullable Instant endTime,
        AttemptOutcome outcome,
        @Nullable Problem error) {}
