package io.tidemill.api.store;

/**
 * A caller's wish that a request take effect once.
 *
 * @param requestHash tells whether another request with the same key is the same request
 */
public record IdempotencyClaim(String owner, String key, String requestHash) {}
