package io.tidemill.api.dto;

import io.tidemill.api.lifecycle.RetrySchedule;
import org.jspecify.annotations.Nullable;

/** How failed tasks are tried again; what is absent is as the operation has it. */
public record RetryPolicy(@Nullable Integer maxAttempts, @Nullable RetrySchedule schedule) {}
