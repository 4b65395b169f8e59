package io.tidemill.api.dto;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One step on one file. */
public record Task(
        String id,
        String jobId,
        String fileId,
        @Nullable String fileName,
        @Nullable String inputName,
        String step,
        String operation,
        TaskState state,
        int attempt,
        int maxAttempts,
        @Nullable Instant nextAttemptTime,
        @Nullable Queue queue,
        @Nullable String worker,
        @Nullable TaskProgress progress,
        @Nullable Instant startTime,
        @Nullable Instant endTime,
        @Nullable Map<String, Object> result,
        List<File> outputs,
        @Nullable Problem error,
        List<Attempt> attempts) {}
