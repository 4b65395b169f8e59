package io.tidemill.api.dto;

/** Where to read on. */
public record JobLinks(String self, String tasks, String results, String events) {}
