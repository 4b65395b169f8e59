package io.tidemill.api.store;

/** A first answer, kept under its idempotency key so that it can be given again. */
public record Answer(int status, String location, String etag, String body) {}
