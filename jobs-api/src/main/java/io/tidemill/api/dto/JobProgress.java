package io.tidemill.api.dto;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far a job is. */
public record JobProgress(int percent, List<StepProgress> steps, @Nullable String currentStep) {}
