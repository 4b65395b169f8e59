package io.tidemill.api.identity;

/**
 * Who is calling. Everything a caller makes belongs to its owner, and nobody else can see it.
 *
 * @param owner stable name of the tenant, 1 to 200 characters
 * @param operator whether it may look after the whole installation
 */
public record Caller(String owner, boolean operator) {}
