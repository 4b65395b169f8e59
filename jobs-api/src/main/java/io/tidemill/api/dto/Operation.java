package io.tidemill.api.dto;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A kind of work on a file. */
public record Operation(
        String name,
        String version,
        String summary,
        List<String> accepts,
        String taskQueue,
        long maxInputBytes,
        int timeoutSeconds,
        int maxAttempts,
        Map<String, Object> parametersSchema,
        boolean available,
        @Nullable String unavailableReason,
        List<Engine> engines,
        Circuit circuit) {}
