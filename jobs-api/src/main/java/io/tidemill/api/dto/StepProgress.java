package io.tidemill.api.dto;

import io.tidemill.api.lifecycle.JobState;

/** How far one step is. */
public record StepProgress(String id, String operation, JobState state, int percent) {}
