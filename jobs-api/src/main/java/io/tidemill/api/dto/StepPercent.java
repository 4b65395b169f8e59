package io.tidemill.api.dto;

/** How far one step of a job is. */
public record StepPercent(String id, int percent) {}
