package io.tidemill.api.dto;

/** A task that changed its state. */
public record TaskChange(String id, String fileId, String step, TaskState state, int attempt) {}
