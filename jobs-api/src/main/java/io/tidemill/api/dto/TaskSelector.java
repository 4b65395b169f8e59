package io.tidemill.api.dto;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some tasks of a job: those that match every list given. */
public record TaskSelector(
        @Nullable List<String> tasks,
        @Nullable List<String> files,
        @Nullable List<String> steps,
        @Nullable List<String> errorCodes) {}
