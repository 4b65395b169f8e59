package io.tidemill.api.dto;

/** What is wrong with one field; {@code pointer} is a JSON Pointer (RFC 6901). */
public record FieldError(String pointer, String detail) {}
