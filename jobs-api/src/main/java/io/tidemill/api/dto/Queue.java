package io.tidemill.api.dto;

import io.tidemill.api.estimate.WaitReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Why something waits and for how long about. */
public record Queue(
        @Nullable Integer position, WaitReason waitReason, @Nullable Instant expectedStart) {}
