package io.tidemill.api.dto;

import org.jspecify.annotations.Nullable;

/** A job as it stands, from which the changes with higher numbers go on. */
public record JobSnapshotEvent(long sequence, @Nullable Boolean reset, Job job) {}
