package io.tidemill.api.dto;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some dead letters: those that match everything given. */
public record DeadLetterSelector(
        @Nullable List<String> ids,
        @Nullable DeadLetterKind kind,
        @Nullable String owner,
        @Nullable String operation,
        @Nullable String code) {}
