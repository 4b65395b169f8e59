package io.tidemill.api.dto;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An error, as RFC 9457 has it. */
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String instance,
        String code,
        boolean retryable,
        @Nullable List<FieldError> errors,
        @Nullable List<String> allowed,
        @Nullable String traceId) {}
