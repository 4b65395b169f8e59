package io.tidemill.api.plan;

import io.tidemill.api.lifecycle.FailureLimit;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a job may begin, when it must have ended, and what its failures come to.
 *
 * @param scheduleTime nothing of it begins before; null to begin at once
 * @param deadline what is open then is cancelled; null for none
 */
public record JobTerms(
        @Nullable Instant scheduleTime, @Nullable Instant deadline, FailureLimit failureLimit) {}
