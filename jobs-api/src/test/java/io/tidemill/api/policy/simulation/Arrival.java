package io.tidemill.api.policy.simulation;

/**
 * A task that comes in.
 *
 * @param atMillis on the virtual clock
 * @param priority 0 HIGH, 1 NORMAL, 2 LOW
 * @param millis working time
 */
record Arrival(long atMillis, String owner, int priority, long millis) {}
