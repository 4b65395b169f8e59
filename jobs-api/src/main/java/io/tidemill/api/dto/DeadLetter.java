package io.tidemill.api.dto;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that was given up: a task that failed for good, or a message. */
public record DeadLetter(
        String id,
        DeadLetterKind kind,
        Instant createTime,
        @Nullable String owner,
        @Nullable String jobId,
        @Nullable String taskId,
        @Nullable String operation,
        Problem error,
        List<Attempt> attempts,
        @Nullable String address,
        @Nullable String body) {}
