package io.tidemill.api.dto;

import java.util.List;

/** How far a job is. */
public record JobProgressEvent(String jobId, int percent, List<StepPercent> steps) {}
