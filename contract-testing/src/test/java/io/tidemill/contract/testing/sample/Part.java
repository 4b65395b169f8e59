package io.tidemill.contract.testing.sample;

/** Agrees with the small contract. */
public record Part(String name) {}
