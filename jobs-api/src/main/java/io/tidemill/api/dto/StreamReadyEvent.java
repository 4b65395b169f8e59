package io.tidemill.api.dto;

import org.jspecify.annotations.Nullable;

/** All snapshots have been sent; from here on it can be resumed. */
public record StreamReadyEvent(int jobs, boolean more, @Nullable Boolean reset) {}
