package io.tidemill.api.dto;

/** What does the work of an operation. */
public record Engine(String tier, String name, String version) {}
